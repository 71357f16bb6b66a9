/** Names in an error: of what was asked for, and of what there is. However many and however long they are, it stays a line to read. */

/** So much of a name is enough to know it again. */
const longest = 60;
/** So many are listed whole. */
const mostListed = 16;
const mostNearest = 3;
const mostFirst = 5;

/** `"create_flow"`; a long one is cut. */
export const quoted = (name: string): string => JSON.stringify(shortened(name));

/** The text, or its beginning and how long it is. */
export function shortened(text: string, most = longest): string {
  if (text.length <= most) return text;
  const end = text.slice(0, most);
  // Never half of a character.
  const whole = /[\ud800-\udbff]$/.test(end) ? end.slice(0, -1) : end;
  return `${whole}… (${text.length} characters)`;
}

/** The first few, and how many more there are. */
export function firstOf(names: readonly string[], most = mostFirst): string {
  const first = names.slice(0, most).join(', ');
  return names.length > most ? `${first} and ${names.length - most} more` : first;
}

/** What there is in place of what was asked for: all where they are few, else those that are spelled like it, or the first. */
export function knownNames(known: readonly string[], asked?: string): string {
  if (known.length === 0) return 'none';
  if (known.length <= mostListed) return known.join(', ');
  const near = asked === undefined ? [] : nearest(asked, known);
  return near.length === 0 ? firstOf(known) : `${near.join(', ')} and ${known.length - near.length} more`;
}

/** Those that a slip of the pen or two would make of it, the nearest first. */
export function nearest(asked: string, known: readonly string[]): string[] {
  if (asked.length > longest) return [];
  const far = Math.max(2, Math.floor(asked.length / 3));
  return known
    .map((name) => ({ name, away: distance(asked, name) }))
    .filter(({ name, away }) => away <= far || (asked.length > 2 && name.includes(asked)))
    .sort((a, b) => a.away - b.away)
    .slice(0, mostNearest)
    .map(({ name }) => name);
}

/** How many letters have to be put in, taken out or replaced to make the one of the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row.at(-1)!;
}
