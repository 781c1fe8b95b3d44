const h={title:"UI/Form",tags:["skip-visual"]},o=()=>{const e=document.createElement("div");return e.style.cssText="width: 200px; height: 100px; background: #cf222e;",e.id="box",e},r={tags:["!skip-visual"],render:o,play:async({canvasElement:e})=>{await new Promise(g=>setTimeout(g,2500)),e.querySelector("#box").style.background="#1a7f37"}},s={tags:["!skip-visual"],render:o,play:async()=>{throw new Error('The field "name" has no label')}},a={render:o};var n,t,c,i,l;r.parameters={...r.parameters,docs:{...(n=r.parameters)==null?void 0:n.docs,source:{originalSource:`{
  tags: ['!skip-visual'],
  render: form,
  play: async ({
    canvasElement
  }) => {
    await new Promise(done => setTimeout(done, 2500));
    canvasElement.querySelector('#box').style.background = '#1a7f37';
  }
}`,...(c=(t=r.parameters)==null?void 0:t.docs)==null?void 0:c.source},description:{story:"What the play function leaves is what is seen: green, and only after a while.",...(l=(i=r.parameters)==null?void 0:i.docs)==null?void 0:l.description}}};var d,m,p;s.parameters={...s.parameters,docs:{...(d=s.parameters)==null?void 0:d.docs,source:{originalSource:`{
  tags: ['!skip-visual'],
  render: form,
  play: async () => {
    throw new Error('The field "name" has no label');
  }
}`,...(p=(m=s.parameters)==null?void 0:m.docs)==null?void 0:p.source}}};var u,y,f;a.parameters={...a.parameters,docs:{...(u=a.parameters)==null?void 0:u.docs,source:{originalSource:`{
  render: form
}`,...(f=(y=a.parameters)==null?void 0:y.docs)==null?void 0:f.source}}};const w=["Filled","PlayFails","NotForPictures"];export{r as Filled,a as NotForPictures,s as PlayFails,w as __namedExportsOrder,h as default};
