/** fast-check, loaded when a value is first drawn: whoever draws nothing need not have it installed. */
import { createRequire } from 'node:module';
import type * as fastCheck from 'fast-check';

/** Its functions. Whoever uses them while a module is loaded, as for a constant, uses {@link drawnLater}. */
export const fc: typeof fastCheck = onFirstUse(() => createRequire(import.meta.url)('fast-check'));

/** An arbitrary that is made when it is first drawn from. */
export function drawnLater<T>(make: () => fastCheck.Arbitrary<T>): fastCheck.Arbitrary<T> {
  return onFirstUse(make);
}

/** Stands for what `make` returns, which is made once. */
function onFirstUse<T extends object>(make: () => T): T {
  let made: T | undefined;
  const own = () => {
    made ??= make();
    return made;
  };
  const bound = new Map<PropertyKey, unknown>();
  return new Proxy({} as T, {
    get(_, name) {
      if (bound.has(name)) return bound.get(name);
      const value: unknown = Reflect.get(own(), name);
      if (typeof value !== 'function' || isClass(value)) return value;
      // Called upon what it belongs to, not upon what stands for that.
      bound.set(name, value.bind(own()));
      return bound.get(name);
    },
    has: (_, name) => Reflect.has(own(), name),
  });
}

const isClass = (value: object): boolean =>
  Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false;
