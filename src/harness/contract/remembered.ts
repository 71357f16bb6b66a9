/** Parts of a projection, remembered by the part of the state that they are made of: states share what did not change. */

/** As `build`, but made once for each object. What comes of it is not to be changed. */
export function remembered<Source extends object, Value>(
  build: (source: Source) => Value,
): (source: Source) => Value {
  const made = new WeakMap<Source, Value>();
  return (source) => {
    const known = made.get(source);
    if (known !== undefined) return known;
    const value = build(source);
    made.set(source, value);
    return value;
  };
}
