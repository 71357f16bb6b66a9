/** The types of a function's parameters, which tell its overloads apart. */
import { identifier, type Piece, sign, word } from './pieces.ts';

// In maps: the name of a type may be that of a property of every object.
const shortTypes: ReadonlyMap<string, string> = mapOf({
  ...{ int: 'integer', int4: 'integer', int8: 'bigint', int2: 'smallint', bool: 'boolean' },
  ...{ float8: 'double precision', float4: 'real', float: 'double precision', decimal: 'numeric' },
  ...{ varchar: 'character varying', timestamptz: 'timestamp with time zone', char: 'character' },
  ...{ 'timestamp without time zone': 'timestamp', timetz: 'time with time zone' },
  ...{ 'time without time zone': 'time', 'char varying': 'character varying' },
});
/** How types of several words go on; any other word behind these is the type of a parameter with that name. */
const longTypes: ReadonlyMap<string, readonly string[]> = mapOf({
  double: ['precision'],
  character: ['varying'],
  char: ['varying'],
  bit: ['varying'],
  national: ['character', 'char'],
  timestamp: ['with', 'without'],
  time: ['with', 'without'],
  interval: ['year', 'month', 'day', 'hour', 'minute', 'second'],
});

function mapOf<Value>(values: Readonly<Record<string, Value>>): ReadonlyMap<string, Value> {
  return new Map(Object.entries(values));
}

const modes: ReadonlySet<string> = new Set(['in', 'out', 'inout', 'variadic']);

/** Of `in slug text default 'x', more int`: `text, integer`. What is only given back is none. */
export function typesIn(pieces: readonly Piece[]): string {
  const parameters: Piece[][] = [[]];
  let depth = 0;
  for (const piece of pieces) {
    if ('(['.includes(sign(piece) || ' ')) depth++;
    if (')]'.includes(sign(piece) || ' ')) depth--;
    if (depth === 0 && sign(piece) === ',') parameters.push([]);
    else parameters.at(-1)!.push(piece);
  }
  return parameters.flatMap(typeOf).join(', ');
}

function typeOf(parameter: readonly Piece[]): string[] {
  const end = parameter.findIndex((piece) => word(piece) === 'default' || sign(piece) === '=');
  let rest = end < 0 ? parameter : parameter.slice(0, end);
  // The mode is before the name or behind it.
  const at = rest.slice(0, 2).findIndex((piece) => modes.has(word(piece)));
  const mode = word(rest[at]);
  if (at >= 0) rest = rest.toSpliced(at, 1);
  if (rest.length === 0 || mode === 'out') return [];
  if (isNamed(rest)) rest = rest.slice(1);
  if (sign(rest[1]) === '.' && ['pg_catalog', 'public'].includes(identifier(rest[0])!)) rest = rest.slice(2);
  const array = rest.findIndex((piece) => sign(piece) === '[' || word(piece) === 'array');
  if (array >= 0) rest = rest.slice(0, array);
  const name = rest
    .filter((_, at) => !isLength(rest, at))
    .map(({ value }) => value)
    .join(' ')
    .replace(/ \. /g, '.')
    .replace(/^interval .*/, 'interval');
  // However many dimensions it has.
  return [(shortTypes.get(name) ?? name) + (array < 0 ? '' : '[]')];
}

function isNamed([first, second]: readonly Piece[]): boolean {
  const next = identifier(second);
  return next !== undefined && word(second) !== 'array' && !longTypes.get(word(first))?.includes(next);
}

/** Whether a piece belongs to `(255)`, which a parameter's type has not. */
const isLength = (pieces: readonly Piece[], at: number) => {
  const open = pieces.findIndex((piece) => sign(piece) === '(');
  return open >= 0 && at >= open && at < afterParentheses(pieces, open);
};

/** Where what `open` opens has ended. */
export function afterParentheses(pieces: readonly Piece[], open: number): number {
  let depth = 0;
  for (let at = open; at < pieces.length; at++) {
    if (sign(pieces[at]) === '(') depth++;
    if (sign(pieces[at]) === ')' && --depth === 0) return at + 1;
  }
  return pieces.length;
}
