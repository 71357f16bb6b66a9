/** Copies of lists with one item more or less: a fraction of what `slice` and `splice` take, and with no room left over. */

export function inserted<T>(list: readonly T[], place: number, item: T): T[] {
  const copy = new Array<T>(list.length + 1);
  for (let i = 0; i < place; i++) copy[i] = list[i]!;
  copy[place] = item;
  for (let i = place; i < list.length; i++) copy[i + 1] = list[i]!;
  return copy;
}

/** An item behind all others in the place of one. */
export function movedToEnd<T>(list: readonly T[], place: number, item: T): T[] {
  const copy = new Array<T>(list.length);
  for (let i = 0; i < place; i++) copy[i] = list[i]!;
  for (let i = place + 1; i < list.length; i++) copy[i - 1] = list[i]!;
  copy[list.length - 1] = item;
  return copy;
}
