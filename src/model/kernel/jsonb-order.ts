/** The order in which jsonb keeps the keys of an object: by their length in bytes, then byte by byte. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what this looks for.
const ascii = /^[\u0000-\u007f]*$/;
const encoder = new TextEncoder();

/** Sorts in place. */
export function jsonbOrder(keys: string[]): string[] {
  if (keys.length < 2) return keys;
  return keys.every((key) => ascii.test(key)) ? keys.sort(compareAscii) : keys.sort(compareBytes);
}

const compareAscii = (a: string, b: string) => a.length - b.length || (a < b ? -1 : 1);

function compareBytes(a: string, b: string): number {
  const [x, y] = [encoder.encode(a), encoder.encode(b)];
  if (x.length !== y.length) return x.length - y.length;
  const i = x.findIndex((byte, index) => byte !== y[index]);
  return i < 0 ? 0 : x[i]! - y[i]!;
}
