/** Parts of a projection, remembered by the part of the state that they are made of: states share what did not change. */

/**
 * As `build`, but made once for each `source`: what else it is given must be the same each time, as far as it matters. What comes of it is
 * not to be changed.
 */
export function remembered<Source extends object, Others extends readonly unknown[], Value>(
  build: (source: Source, ...others: Others) => Value,
): (source: Source, ...others: Others) => Value {
  const made = new WeakMap<Source, Value>();
  return (source, ...others) => {
    const known = made.get(source);
    if (known !== undefined) return known;
    const value = build(source, ...others);
    made.set(source, value);
    return value;
  };
}
