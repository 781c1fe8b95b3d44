const a={title:"Broken"},r={render:()=>{throw new Error("No theme was given")}},o={render:()=>document.createElement("div")},t={loaders:[()=>new Promise(e=>setTimeout(()=>e({width:120}),1500))],render:(e,{loaded:d})=>{const s=document.createElement("div");return s.style.cssText=`width: ${d.width}px; height: 40px; background: #1a7f37;`,s}},n={render:()=>{const e=document.createElement("div");return e.id="dialog",e.style.cssText="position: fixed; inset: 0; background: #1a7f37;",document.body.append(e),document.createElement("div")}};r.parameters={...r.parameters,docs:{...r.parameters?.docs,source:{originalSource:`{
  render: () => {
    throw new Error('No theme was given');
  }
}`,...r.parameters?.docs?.source}}};o.parameters={...o.parameters,docs:{...o.parameters?.docs,source:{originalSource:`{
  render: () => document.createElement('div')
}`,...o.parameters?.docs?.source}}};t.parameters={...t.parameters,docs:{...t.parameters?.docs,source:{originalSource:`{
  loaders: [() => new Promise(done => setTimeout(() => done({
    width: 120
  }), 1500))],
  render: (_, {
    loaded
  }) => {
    const box = document.createElement('div');
    box.style.cssText = \`width: \${loaded.width}px; height: 40px; background: #1a7f37;\`;
    return box;
  }
}`,...t.parameters?.docs?.source}}};n.parameters={...n.parameters,docs:{...n.parameters?.docs,source:{originalSource:`{
  render: () => {
    const dialog = document.createElement('div');
    dialog.id = 'dialog';
    dialog.style.cssText = 'position: fixed; inset: 0; background: #1a7f37;';
    document.body.append(dialog);
    return document.createElement('div');
  }
}`,...n.parameters?.docs?.source}}};const c=["Throws","Nothing","Slow","Portal"];export{o as Nothing,n as Portal,t as Slow,r as Throws,c as __namedExportsOrder,a as default};
