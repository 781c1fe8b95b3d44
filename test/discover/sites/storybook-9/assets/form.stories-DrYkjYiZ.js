const t={title:"UI/Form",tags:["skip-visual"]},o=()=>{const e=document.createElement("div");return e.style.cssText="width: 200px; height: 100px; background: #cf222e;",e.id="box",e},r={tags:["!skip-visual"],render:o,play:async({canvasElement:e})=>{await new Promise(n=>setTimeout(n,2500)),e.querySelector("#box").style.background="#1a7f37"}},s={tags:["!skip-visual"],render:o,play:async()=>{throw new Error('The field "name" has no label')}},a={render:o};r.parameters={...r.parameters,docs:{...r.parameters?.docs,source:{originalSource:`{
  tags: ['!skip-visual'],
  render: form,
  play: async ({
    canvasElement
  }) => {
    await new Promise(done => setTimeout(done, 2500));
    canvasElement.querySelector('#box').style.background = '#1a7f37';
  }
}`,...r.parameters?.docs?.source},description:{story:"What the play function leaves is what is seen: green, and only after a while.",...r.parameters?.docs?.description}}};s.parameters={...s.parameters,docs:{...s.parameters?.docs,source:{originalSource:`{
  tags: ['!skip-visual'],
  render: form,
  play: async () => {
    throw new Error('The field "name" has no label');
  }
}`,...s.parameters?.docs?.source}}};a.parameters={...a.parameters,docs:{...a.parameters?.docs,source:{originalSource:`{
  render: form
}`,...a.parameters?.docs?.source}}};const c=["Filled","PlayFails","NotForPictures"];export{r as Filled,a as NotForPictures,s as PlayFails,c as __namedExportsOrder,t as default};
