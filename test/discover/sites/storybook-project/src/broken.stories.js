export default { title: 'Broken' };
export const Throws = {
  render: () => {
    throw new Error('No theme was given');
  },
};
export const Nothing = { render: () => document.createElement('div') };
export const Slow = {
  loaders: [() => new Promise((done) => setTimeout(() => done({ width: 120 }), 1500))],
  render: (_, { loaded }) => {
    const box = document.createElement('div');
    box.style.cssText = `width: ${loaded.width}px; height: 40px; background: #1a7f37;`;
    return box;
  },
};
export const Portal = {
  render: () => {
    const dialog = document.createElement('div');
    dialog.id = 'dialog';
    dialog.style.cssText = 'position: fixed; inset: 0; background: #1a7f37;';
    document.body.append(dialog);
    return document.createElement('div');
  },
};
