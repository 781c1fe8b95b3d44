const s=l=>x=>{const a=document.createElement("div");return a.style.cssText=`width: 320px; height: 48px; background: ${l};`,a.textContent=x.text,a},f={title:"UI/Alert",args:{text:""},tags:["autodocs"]},e={render:s("#0969da")},r={render:s("#bf8700")},t={name:"With a Long Name",render:s("#8250df")};var o,n,c;e.parameters={...e.parameters,docs:{...(o=e.parameters)==null?void 0:o.docs,source:{originalSource:`{
  render: alert('#0969da')
}`,...(c=(n=e.parameters)==null?void 0:n.docs)==null?void 0:c.source}}};var d,m,i;r.parameters={...r.parameters,docs:{...(d=r.parameters)==null?void 0:d.docs,source:{originalSource:`{
  render: alert('#bf8700')
}`,...(i=(m=r.parameters)==null?void 0:m.docs)==null?void 0:i.source}}};var p,u,g;t.parameters={...t.parameters,docs:{...(p=t.parameters)==null?void 0:p.docs,source:{originalSource:`{
  name: 'With a Long Name',
  render: alert('#8250df')
}`,...(g=(u=t.parameters)==null?void 0:u.docs)==null?void 0:g.source}}};const h=["Info","Warning","WithLongName"];export{e as Info,r as Warning,t as WithLongName,h as __namedExportsOrder,f as default};
