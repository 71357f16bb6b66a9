/** Ids of deciders: uuids, or any text. */
import { RecentTexts } from '../kernel/recent-texts.ts';

/** What `decider_id` is: the schemas know two. */
export type IdType = 'uuid' | 'text';

/** Groups of four digits, a hyphen after any of them. */
const written = /^(?:[0-9a-f]{4}-?){7}[0-9a-f]{4}$/i;

/** As Postgres prints one: what is so already stays as it is. */
const printed = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const recent = new RecentTexts(workOutUuid);

/** A uuid as Postgres prints it, however it is written; nothing where it is none. */
export const readUuid = (text: string): string | undefined => recent.get(text);

function workOutUuid(text: string): string | undefined {
  if (printed.test(text)) return text;
  const inside = text.startsWith('{') && text.endsWith('}') ? text.slice(1, -1) : text;
  if (!written.test(inside)) return undefined;
  const digits = inside.replaceAll('-', '').toLowerCase();
  const parts = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20)];
  return [...parts, digits.slice(20)].join('-');
}
