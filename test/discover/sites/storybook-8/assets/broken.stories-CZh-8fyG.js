const E={title:"Broken"},r={render:()=>{throw new Error("No theme was given")}},o={render:()=>document.createElement("div")},t={loaders:[()=>new Promise(e=>setTimeout(()=>e({width:120}),1500))],render:(e,{loaded:b})=>{const s=document.createElement("div");return s.style.cssText=`width: ${b.width}px; height: 40px; background: #1a7f37;`,s}},n={render:()=>{const e=document.createElement("div");return e.id="dialog",e.style.cssText="position: fixed; inset: 0; background: #1a7f37;",document.body.append(e),document.createElement("div")}};var d,a,c;r.parameters={...r.parameters,docs:{...(d=r.parameters)==null?void 0:d.docs,source:{originalSource:`{
  render: () => {
    throw new Error('No theme was given');
  }
}`,...(c=(a=r.parameters)==null?void 0:a.docs)==null?void 0:c.source}}};var i,m,l;o.parameters={...o.parameters,docs:{...(i=o.parameters)==null?void 0:i.docs,source:{originalSource:`{
  render: () => document.createElement('div')
}`,...(l=(m=o.parameters)==null?void 0:m.docs)==null?void 0:l.source}}};var u,p,g;t.parameters={...t.parameters,docs:{...(u=t.parameters)==null?void 0:u.docs,source:{originalSource:`{
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
}`,...(g=(p=t.parameters)==null?void 0:p.docs)==null?void 0:g.source}}};var h,w,x;n.parameters={...n.parameters,docs:{...(h=n.parameters)==null?void 0:h.docs,source:{originalSource:`{
  render: () => {
    const dialog = document.createElement('div');
    dialog.id = 'dialog';
    dialog.style.cssText = 'position: fixed; inset: 0; background: #1a7f37;';
    document.body.append(dialog);
    return document.createElement('div');
  }
}`,...(x=(w=n.parameters)==null?void 0:w.docs)==null?void 0:x.source}}};const v=["Throws","Nothing","Slow","Portal"];export{o as Nothing,n as Portal,t as Slow,r as Throws,v as __namedExportsOrder,E as default};
