export type Callback = (...args: unknown[]) => unknown;

/** Calls the native function in the page's name, or does not. */
export type Call = (native: Callback, self: unknown, args: unknown[]) => unknown;

/** Puts a proxy in the place of a function. It looks like the function itself, also to `toString`. */
export function wrap<Owner extends object>(owner: Owner, name: keyof Owner & string, call: Call): void {
  Object.defineProperty(owner, name, {
    ...Object.getOwnPropertyDescriptor(owner, name),
    value: new Proxy(owner[name] as Callback, { apply: call }),
  });
}

/** The same for what reads a property. */
export function wrapGetter<Owner extends object>(owner: Owner, name: keyof Owner & string, call: Call): void {
  const descriptor = Object.getOwnPropertyDescriptor(owner, name);
  if (descriptor?.get !== undefined) {
    Object.defineProperty(owner, name, { ...descriptor, get: new Proxy(descriptor.get, { apply: call }) });
  }
}
