export default { title: 'UI/Form', tags: ['skip-visual'] };

const form = () => {
  const box = document.createElement('div');
  box.style.cssText = 'width: 200px; height: 100px; background: #cf222e;';
  box.id = 'box';
  return box;
};

/** What the play function leaves is what is seen: green, and only after a while. */
export const Filled = {
  tags: ['!skip-visual'],
  render: form,
  play: async ({ canvasElement }) => {
    await new Promise((done) => setTimeout(done, 2500));
    canvasElement.querySelector('#box').style.background = '#1a7f37';
  },
};
export const PlayFails = {
  tags: ['!skip-visual'],
  render: form,
  play: async () => {
    throw new Error('The field "name" has no label');
  },
};
export const NotForPictures = { render: form };
