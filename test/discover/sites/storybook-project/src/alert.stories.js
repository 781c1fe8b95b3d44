const alert = (kind) => (args) => {
  const box = document.createElement('div');
  box.style.cssText = `width: 320px; height: 48px; background: ${kind};`;
  box.textContent = args.text;
  return box;
};

export default { title: 'UI/Alert', args: { text: '' }, tags: ['autodocs'] };
export const Info = { render: alert('#0969da') };
export const Warning = { render: alert('#bf8700') };
export const WithLongName = { name: 'With a Long Name', render: alert('#8250df') };
