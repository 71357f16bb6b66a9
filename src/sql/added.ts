/** What SQL defines beside what is known: by name, and functions by their parameters where the name is known. */
import type { Definition } from './definitions.ts';

const kinds: ReadonlySet<string> = new Set([
  'function',
  'procedure',
  'aggregate',
  'view',
  'materialized view',
  'type',
  'domain',
  'trigger',
  'rule',
]);

/** A line for each, once. Both lists are in the order in which they are executed. */
export function addedIn(defined: readonly Definition[], known: readonly Definition[]): string[] {
  const isThere = new Set<string>();
  for (const each of known) {
    if (each.verb === 'create') isThere.add(keyOf(each));
    if (each.verb === 'drop') isThere.delete(keyOf(each));
  }
  const knownNames = new Set(known.map(nameOf));
  const found = defined.filter(
    (each) => each.verb === 'create' && kinds.has(each.kind) && !isThere.has(keyOf(each)),
  );
  return [...new Set(found.map((each) => (knownNames.has(nameOf(each)) ? keyOf(each) : nameOf(each))))];
}

/** The sentence that names them, whoever found them. */
export const notCompared = (names: readonly string[]): readonly string[] =>
  names.length === 0 ? [] : [`not compared, because the engine does not have them: ${names.join(', ')}`];

const nameOf = ({ kind, schema = 'public', name, attached }: Definition) =>
  `${kind} ${attached === undefined ? '' : `${attached} on `}${schema}.${name}`;

const keyOf = (each: Definition) =>
  each.parameters === undefined ? nameOf(each) : `${nameOf(each)}(${each.parameters})`;
