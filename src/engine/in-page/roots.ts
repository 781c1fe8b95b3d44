/** Shadow trees that script cannot find; the engine finds them through the browser and adds them. */
const closedRoots = new Map<Element, ShadowRoot>();

export function addClosedRoot(root: ShadowRoot): void {
  closedRoots.set(root.host, root);
}

/** The document and every shadow tree in it. */
export function allRoots(root: Document | ShadowRoot = document): (Document | ShadowRoot)[] {
  const inner = [...root.querySelectorAll('*')].flatMap((element) => {
    const shadow = shadowRootOf(element);
    return shadow === undefined ? [] : allRoots(shadow);
  });
  return [root, ...inner];
}

export function shadowRootOf(element: Element): ShadowRoot | undefined {
  return element.shadowRoot ?? closedRoots.get(element);
}

/** All elements that match, in every shadow tree. */
export function findAll<E extends Element>(selector: string, roots = allRoots()): E[] {
  return roots.flatMap((root) => [...root.querySelectorAll<E>(selector)]);
}

/** The element around this one, also out of a shadow tree. */
export function parentOf(element: Element): Element | undefined {
  const slot = element.assignedSlot ?? element.parentElement;
  if (slot !== null) {
    return slot;
  }
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : undefined;
}

/** The elements around this one, the nearest first. */
export function ancestorsOf(element: Element): Element[] {
  const parent = parentOf(element);
  return parent === undefined ? [] : [parent, ...ancestorsOf(parent)];
}
