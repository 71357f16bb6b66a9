/** What a handler threw, beside the record of its attempt. */

/** Not enumerable: records are equal where the database has the same, and snapshots of them have no stack. */
export function withThrown<T extends object>(record: T, thrown: unknown): T & { readonly thrown: unknown } {
  return Object.defineProperty(record, 'thrown', { value: thrown }) as T & { readonly thrown: unknown };
}
