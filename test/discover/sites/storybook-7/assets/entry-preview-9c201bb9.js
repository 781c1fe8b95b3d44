function l(t){for(var f=[],a=1;a<arguments.length;a++)f[a-1]=arguments[a];var n=Array.from(typeof t=="string"?[t]:t);n[n.length-1]=n[n.length-1].replace(/\r?\n([\t ]*)$/,"");var r=n.reduce(function(e,u){var d=u.match(/\n([\t ]+|(?!\s).)/g);return d?e.concat(d.map(function(p){var s,c;return(c=(s=p.match(/[\t ]/g))===null||s===void 0?void 0:s.length)!==null&&c!==void 0?c:0})):e},[]);if(r.length){var o=new RegExp(`
[	 ]{`.concat(Math.min.apply(Math,r),"}"),"g");n=n.map(function(e){return e.replace(o,`
`)})}n[0]=n[0].replace(/^\r?\n/,"");var i=n[0];return f.forEach(function(e,u){var d=i.match(/(?:^|\n)( *)$/),p=d?d[1]:"",s=e;typeof e=="string"&&e.includes(`
`)&&(s=String(e).split(`
`).map(function(c,h){return h===0?c:"".concat(p).concat(c)}).join(`
`)),i+=s+n[u+1]}),i}const{global:g}=__STORYBOOK_MODULE_GLOBAL__,{simulatePageLoad:m,simulateDOMContentLoaded:y}=__STORYBOOK_MODULE_PREVIEW_API__;var{Node:O}=g,L=(t,f)=>{let{id:a,component:n}=f;if(typeof n=="string"){let r=n;return Object.keys(t).forEach(o=>{r=r.replace(`{{${o}}}`,t[o])}),r}if(n instanceof HTMLElement){let r=n.cloneNode(!0);return Object.keys(t).forEach(o=>{r.setAttribute(o,typeof t[o]=="string"?t[o]:JSON.stringify(t[o]))}),r}if(typeof n=="function")return n(t,f);throw console.warn(l`
    Storybook's HTML renderer only supports rendering DOM elements and strings.
    Received: ${n}
  `),new Error(`Unable to render story ${a}`)};function M({storyFn:t,kind:f,name:a,showMain:n,showError:r,forceRemount:o},i){let e=t();if(n(),typeof e=="string")i.innerHTML=e,m(i);else if(e instanceof O){if(i.firstChild===e&&o===!1)return;i.innerHTML="",i.appendChild(e),y()}else r({title:`Expecting an HTML snippet or DOM node from the story: "${a}" of "${f}".`,description:l`
        Did you forget to return the HTML snippet from the story?
        Use "() => <your snippet or node>" or when defining the story.
      `})}var v={renderer:"html"};export{v as parameters,L as render,M as renderToCanvas};
