/** Whether something of the element can be seen by somebody who scrolls to it. */
export function isVisible(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return width > 0 && height > 0 && isShown(element);
}

/** Whether no style hides it. An element of `display: contents` has no box, and shows what its children do. */
export function isShown(element: Element): boolean {
  if (getComputedStyle(element).display === 'contents') {
    return [...element.children].some(isShown);
  }
  return element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: false });
}

/** The element as a person would look for it, e.g. `main#list.cards`. */
export function describe(element: Element): string {
  const { localName, id, classList } = element;
  const [first] = classList;
  return `${localName}${id === '' ? '' : `#${id}`}${first === undefined ? '' : `.${first}`}`;
}
