/** A value in which the paths of a machine find something: what its comparisons compare with, lists where it wants lists, texts elsewhere. */

const absent = 'absent';
const instant = '2030-01-01T00:00:00Z';

/** `round`: which of the values that a machine compares with is taken. */
export function wantedBy(machine, round) {
  // Of the context object, the input and the item are looked into as the input is.
  const text = JSON.stringify(machine).replaceAll(/\$\$\.(Execution\.Input|Map\.Item\.Value)\./g, '$.');
  const wishes = [...wishesIn(JSON.parse(text))];
  const root = {};
  const byDepth = (a, b) => stepsOf(b.path).length - stepsOf(a.path).length;
  for (const { path, values, isList } of gathered(wishes).sort(byDepth)) {
    const value = values.length > 0 ? values[round % values.length] : undefined;
    if (value === absent && round % 2 === 1) continue;
    root.it = withValue(root.it, stepsOf(path), isList ? [] : value, 0);
  }
  const plain = JSON.stringify(root.it ?? {});
  return withItems(root.it ?? {}, () => JSON.parse(plain), 0);
}

function gathered(wishes) {
  const all = new Map();
  for (const { path, value, isList = false } of wishes) {
    const known = all.get(path) ?? { path, values: [], isList: false };
    all.set(path, {
      path,
      values: value === undefined ? known.values : [...known.values, value],
      isList: known.isList || isList,
    });
  }
  return [...all.values()];
}

/** The steps of a path, as far as it names one place; `*` and slices are the first of a list. */
function stepsOf(path) {
  return [...path.matchAll(/\.\.?([\w-]+)|\[['"]([^'"]*)['"]\]|\[([^\]]*)\]/g)].map(
    ([, name, quoted, index]) =>
      index === undefined ? (name ?? quoted) : /^\d+$/.test(index) ? Number(index) : 0,
  );
}

function withValue(at, steps, value, depth) {
  if (steps.length === 0) return at ?? value ?? 'text';
  const [step, ...rest] = steps;
  if (typeof step === 'number' && (at === undefined || Array.isArray(at))) {
    const list = [...(at ?? [])];
    while (list.length <= Math.min(step, 9)) list.push({});
    const i = Math.min(step, 9);
    list[i] = withValue(rest.length === 0 ? undefined : list[i], rest, value, depth + 1);
    return list;
  }
  const object = typeof at === 'object' && at !== null && !Array.isArray(at) ? at : {};
  return { ...object, [step]: withValue(object[step], rest, value, depth + 1) };
}

/** Lists of which nothing more is known get two items in which all paths find something. */
function withItems(value, item, depth) {
  if (Array.isArray(value))
    return value.length === 0
      ? depth > 3
        ? []
        : [item(), item()]
      : value.map((each) => withItems(each, item, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, withItems(each, item, depth + 1)]),
  );
}

const isPath = (text) => typeof text === 'string' && /^\$[.[]/.test(text);

function* wishesIn(value, key = '') {
  if (Array.isArray(value)) for (const each of value) yield* wishesIn(each, key);
  else if (typeof value === 'object' && value !== null) {
    const wishes = [...wishesInFields(value)];
    yield* wishes;
    // What comes after `InputPath` is looked for below it as well.
    if (isPath(value.InputPath))
      for (const wish of wishes) yield { ...wish, path: `${value.InputPath}${wish.path.slice(1)}` };
  } else if (typeof value === 'string' && key !== 'ResultPath' && key !== 'Variable')
    yield* wishesOfText(value, key);
}

function* wishesInFields(value) {
  if (isPath(value.Variable)) yield* wishesOfRule(value);
  if (value.Type === 'Map' && value.ItemsPath === undefined && isPath(value.InputPath))
    yield { path: value.InputPath, isList: true };
  for (const [name, each] of Object.entries(value)) yield* wishesIn(each, name);
}

function* wishesOfText(text, key) {
  if (isPath(text) && key.endsWith('Path')) {
    if (key === 'ItemsPath') yield { path: text, isList: true };
    else if (/Seconds|Count|Concurrency|Percentage|Numeric/.test(key)) yield { path: text, value: 1 };
    else if (key.startsWith('Timestamp')) yield { path: text, value: instant };
    else if (key.startsWith('Boolean')) yield { path: text, value: true };
    else yield { path: text };
  } else if (isPath(text) && key.endsWith('.$')) yield { path: text };
  else if (text.startsWith('States.'))
    for (const [, name, path] of text.matchAll(/(\w+)\([^$()]*(\$[.[][^,() ]*)/g))
      yield /^(Math|ArrayRange)/.test(name)
        ? { path, value: 1 }
        : name === 'StringToJson'
          ? { path, value: '{"a":1}' }
          : { path, ...(/^Array(Partition|Contains|GetItem|Length|Unique)/.test(name) && { isList: true }) };
}

function* wishesOfRule(rule) {
  const path = rule.Variable;
  for (const [name, operand] of Object.entries(rule)) {
    if (name === 'Variable' || name === 'Next' || name === 'Comment') continue;
    // Left out in every other round.
    if (name === 'IsPresent') yield { path, value: absent };
    else if (name === 'IsNull') yield { path, value: operand ? null : 'text' };
    else if (name === 'IsNumeric') yield { path, value: operand ? 1 : 'text' };
    else if (name === 'IsBoolean') yield { path, value: operand ? true : 'text' };
    else if (name === 'IsTimestamp') yield { path, value: operand ? instant : 'text' };
    else if (name === 'StringMatches') yield { path, value: String(operand).replaceAll('*', 'x') };
    else if (name.endsWith('Path'))
      yield { path, value: /^Numeric/.test(name) ? 1 : /^Boolean/.test(name) ? true : undefined };
    else if (/^Numeric(Greater|Less)Than$/.test(name))
      yield* [
        { path, value: name === 'NumericLessThan' ? operand - 1 : operand + 1 },
        { path, value: operand },
      ];
    else if (/^Numeric/.test(name))
      yield* [
        { path, value: operand },
        { path, value: operand + 1 },
        { path, value: operand - 1 },
      ];
    else if (/^Boolean/.test(name))
      yield* [
        { path, value: operand },
        { path, value: !operand },
      ];
    else if (/^(String|Timestamp)/.test(name)) yield { path, value: operand };
  }
}
