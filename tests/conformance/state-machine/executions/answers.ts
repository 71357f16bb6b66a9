/**
 * What comes of the tasks of a machine, for whoever executes it: made of a number, the state, its input, and how often the state was asked the
 * same. It imports nothing, so that another program can have a copy.
 */
export type Answer = { readonly value: unknown } | { readonly error: string };

type Values = readonly ((input: unknown) => unknown)[];
const values: Values = [
  (input) => input,
  (input) => input,
  (input) => ({ c: [input, { a: 2 }], a: 2, s: 1 }),
  () => ({
    a: 1,
    b: 'x',
    c: [1, { a: 1 }, 'x'],
    d: { e: true, f: '2030-01-01T00:00:05Z', n: 2 },
    s: 2,
    z: null,
  }),
  () => 'text',
  () => [3, { a: 4 }],
  () => 7,
];

export class Answers {
  readonly #seed: number;
  readonly #asked = new Map<string, number>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  answer(state: string, input: unknown): Answer {
    const question = `${this.#seed} ${state} ${JSON.stringify(comparable(input))}`;
    const before = this.#asked.get(question) ?? 0;
    this.#asked.set(question, before + 1);
    const drawn = hashOf(`${question} ${before}`);
    // Each state has errors of its own, so it shows whose error it was.
    if (drawn % 10 < 3) return { error: drawn % 20 < 10 ? 'E1' : 'E2' };
    return { value: values[(drawn >>> 8) % values.length]!(input) };
  }
}

/** With its keys in order, and without the words in which an executor tells its own errors. */
export function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  const isFailure = 'Cause' in value && 'Error' in value && /^States\./.test(String(value.Error));
  return Object.fromEntries(
    entries.map(([key, each]) => [key, isFailure && key === 'Cause' ? null : comparable(each)]),
  );
}

/** FNV-1a, and then mixed. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}
