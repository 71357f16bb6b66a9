/** How large the text of a trace may be: with the limit of rows, what is let in takes less than 2 GB of memory. */
import type { Issue } from './issue.ts';

/** Of values nested in each other, in a whole trace: of the input of a command, 500 are modelled. */
export const mostNested = 1000;
/** Elements of one array or object. How many rows may come of it is counted before they are compared. */
const mostElements = 100_000;
/** Characters of all texts and names together. */
const mostCharacters = 10_000_000;
export const mostCommands = 20_000;

const grouped = (count: number) => count.toLocaleString('en-US');

/** The first place that is too large, if any. Nothing here recurses: the value may be nested as deep as memory allows. */
export function findTooLarge(json: unknown): Issue | undefined {
  const open: { value: unknown; path: Path | undefined; depth: number }[] = [
    { value: json, path: undefined, depth: 0 },
  ];
  let characters = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, path, depth } = next;
    const refuse = (message: string): Issue => ({ path: namesOf(path), message });
    if (typeof value === 'string') characters += value.length;
    if (characters > mostCharacters) {
      return refuse(`more than ${grouped(mostCharacters)} characters, in texts and names up to here`);
    }
    if (typeof value !== 'object' || value === null) continue;
    if (depth > mostNested) return refuse(`nested more than ${grouped(mostNested)} deep`);
    const names: readonly PropertyKey[] = Array.isArray(value) ? [] : Object.keys(value);
    const count = Array.isArray(value) ? value.length : names.length;
    if (count > mostElements) {
      return refuse(`${grouped(count)} elements: at most ${grouped(mostElements)} are read`);
    }
    for (let i = 0; i < count; i++) {
      const name = Array.isArray(value) ? i : names[i]!;
      if (typeof name === 'string') characters += name.length;
      const inner = (value as Record<PropertyKey, unknown>)[name];
      if (typeof inner === 'number' || typeof inner === 'boolean') continue;
      open.push({ value: inner, path: { name, outer: path }, depth: depth + 1 });
    }
  }
  return undefined;
}

interface Path {
  readonly name: PropertyKey;
  readonly outer: Path | undefined;
}

/** Of a deep place the first ten: the others say nothing. */
function namesOf(path: Path | undefined): PropertyKey[] {
  const names: PropertyKey[] = [];
  for (let at = path; at; at = at.outer) names.push(at.name);
  return names.reverse().slice(0, 10);
}
