/** Long texts cut short. */

/** So many UTF-16 units at most, and never half of a character: that would not survive being written to a file. */
export function cut(text: string, most: number): string {
  const end = text.slice(0, most);
  return most < text.length && isHigh(end.charCodeAt(end.length - 1)) ? end.slice(0, -1) : end;
}

const isHigh = (unit: number) => unit >= 0xd800 && unit < 0xdc00;
