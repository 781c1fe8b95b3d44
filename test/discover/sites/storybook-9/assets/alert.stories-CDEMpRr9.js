const s=o=>n=>{const a=document.createElement("div");return a.style.cssText=`width: 320px; height: 48px; background: ${o};`,a.textContent=n.text,a},c={title:"UI/Alert",args:{text:""},tags:["autodocs"]},e={render:s("#0969da")},r={render:s("#bf8700")},t={name:"With a Long Name",render:s("#8250df")};e.parameters={...e.parameters,docs:{...e.parameters?.docs,source:{originalSource:`{
  render: alert('#0969da')
}`,...e.parameters?.docs?.source}}};r.parameters={...r.parameters,docs:{...r.parameters?.docs,source:{originalSource:`{
  render: alert('#bf8700')
}`,...r.parameters?.docs?.source}}};t.parameters={...t.parameters,docs:{...t.parameters?.docs,source:{originalSource:`{
  name: 'With a Long Name',
  render: alert('#8250df')
}`,...t.parameters?.docs?.source}}};const d=["Info","Warning","WithLongName"];export{e as Info,r as Warning,t as WithLongName,d as __namedExportsOrder,c as default};
