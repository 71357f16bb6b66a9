/** Ids of deciders: uuids, or any text. */

/** What `decider_id` is: the schemas know two. */
export type IdType = 'uuid' | 'text';

/** Groups of four digits, a hyphen after any of them. */
const written = /^(?:[0-9a-f]{4}-?){7}[0-9a-f]{4}$/i;

/** A uuid as Postgres prints it, however it is written; nothing where it is none. */
export function readUuid(text: string): string | undefined {
  if (isPrinted(text)) return text;
  const inside = text.startsWith('{') && text.endsWith('}') ? text.slice(1, -1) : text;
  if (!written.test(inside)) return undefined;
  const digits = inside.replaceAll('-', '').toLowerCase();
  const parts = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20)];
  return [...parts, digits.slice(20)].join('-');
}

/** As Postgres prints one. Nearly all are, and each is looked at: a loop takes half the time of a regular expression. */
function isPrinted(text: string): boolean {
  if (text.length !== 36) return false;
  for (let i = 0; i < 36; i++) {
    const code = text.charCodeAt(i);
    if (i === 8 || i === 13 || i === 18 || i === 23) {
      if (code !== 0x2d) return false;
    } else if (!((code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x66))) return false;
  }
  return true;
}
