/** JSON that was right, with some of it changed: values, keys, and the text itself. */
import fc from 'fast-check';

type Path = readonly string[];

const oddJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    -1,
    0,
    1.5,
    1e308,
    2 ** 53,
    -0,
    [],
    {},
    'f',
    '\u0000',
    '\ud800',
    '__proto__',
  ),
  fc.constantFrom<unknown>(
    'x'.repeat(2000),
    '\u001b[31m',
    '::error ::x',
    '<img onerror=1>',
    "'; drop table x;--",
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.bigInt().map(Number),
);

function pathsOf(value: unknown, path: Path = [], found: Path[] = []): Path[] {
  found.push(path);
  if (typeof value !== 'object' || value === null || found.length > 500) return found;
  for (const [key, each] of Object.entries(value)) {
    pathsOf(each, [...path, key], found);
  }
  return found;
}

/** A copy in which that place is changed; the same where nothing can be. */
function changed(
  value: unknown,
  path: Path,
  change: (holder: Record<string, unknown>, key: string) => void,
): unknown {
  const copy = structuredClone(value);
  let holder = copy as Record<string, unknown>;
  for (const key of path.slice(0, -1)) holder = holder[key] as Record<string, unknown>;
  const last = path.at(-1);
  if (last !== undefined) change(holder, String(last));
  return copy;
}

const edit = fc.record({
  at: fc.nat(),
  what: fc.constantFrom('replace', 'remove', 'add', 'repeat', 'rename'),
  value: oddJson,
  key: fc.oneof(
    fc.constantFrom('type', 'at', '__proto__', 'constructor', 'toString', ''),
    fc.string({ maxLength: 5 }),
  ),
});

/** The text of one of these, each right, with up to five changes of its values and two of its characters. */
export function mutatedJson(originals: readonly unknown[]): fc.Arbitrary<string> {
  const characters = fc.record({
    at: fc.nat(),
    remove: fc.nat({ max: 20 }),
    put: fc.oneof(
      fc.constantFrom('', '{', '[', '"', '\\', ',', '1e999', '9007199254740993', '\ufeff', '\u2028'),
      fc.string(),
    ),
  });
  return fc
    .record({
      original: fc.constantFrom(...originals),
      edits: fc.array(edit, { maxLength: 5 }),
      texts: fc.array(characters, { maxLength: 2 }),
      isText: fc.boolean(),
    })
    .map(({ original, edits, texts, isText }) => {
      let value = original;
      for (const { at, what, value: other, key } of edits) {
        const paths = pathsOf(value);
        value = changed(value, paths[at % paths.length]!, (holder, last) => {
          if (what === 'remove') delete holder[last];
          else if (what === 'add') define(holder, key, other);
          else if (what === 'repeat' && Array.isArray(holder))
            Array.prototype.push.apply(holder, [...holder].slice(0, 3));
          else if (what === 'rename') define(holder, key, holder[last]);
          else define(holder, last, other);
        });
      }
      let text = JSON.stringify(value);
      if (!isText) return text;
      for (const { at, remove, put } of texts) {
        const start = at % (text.length + 1);
        text = text.slice(0, start) + put + text.slice(start + remove);
      }
      return text;
    });
}

const define = (holder: object, key: string, value: unknown) =>
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
