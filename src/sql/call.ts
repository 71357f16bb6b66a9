/** A call of an SQL function as one statement: named arguments, each cast to its type. */
import type { Query } from './driver.ts';

export type ParameterType =
  | 'text'
  | 'text[]'
  | 'uuid'
  | 'integer'
  | 'integer[]'
  | 'bigint'
  | 'bigint[]'
  | 'numeric'
  | 'boolean'
  | 'timestamp'
  | 'jsonb'
  | 'jsonb[]';

/** Parameters in the order of the function's signature. Those left out of `values` are left to the SQL's default. */
export function callOf(
  name: string,
  parameters: Readonly<Record<string, ParameterType>>,
  values: object,
): Query {
  const written: string[] = [];
  const params: (string | null)[] = [];
  for (const [parameter, type] of Object.entries(parameters)) {
    const value = (values as Record<string, unknown>)[parameter];
    if (value === undefined) continue;
    params.push(inTextFormat(value, type));
    written.push(`${parameter} => $${params.length}::${type}`);
  }
  return { text: `select * from ${name}(${written.join(', ')})`, params };
}

/** What stands for SQL NULL in a column of type jsonb, where `null` is JSON's own. */
export const sqlNull = Symbol('SQL NULL');

function inTextFormat(value: unknown, type: ParameterType): string | null {
  if (value === sqlNull) return null;
  if (type === 'jsonb') return JSON.stringify(value);
  if (value === null) return null;
  if (type === 'jsonb[]') return arrayLiteral((value as unknown[]).map((item) => JSON.stringify(item)));
  if (Array.isArray(value)) return arrayLiteral(value.map((item) => (item === null ? null : String(item))));
  return String(value);
}

function arrayLiteral(items: readonly (string | null)[]): string {
  const written = items.map((item) =>
    item === null ? 'NULL' : `"${item.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`,
  );
  return `{${written.join(',')}}`;
}

/** The query with its parameters written in, for a person to paste. */
export function asText({ text, params = [] }: Query): string {
  return text.replace(/\$(\d+)/g, (_, n) => {
    const value = params[Number(n) - 1];
    return value == null ? 'null' : literalOf(value);
  });
}

/**
 * What a terminal or the log of a workflow runner may take for something else than text: control characters but for line
 * breaks and tabs, the directions of writing, and what begins a command of a runner.
 */
const misread =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what this looks for.
  /[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]|(?<=(?:^|\n)[^\S\n]*):(?=:)|(?<=##(?:vso)?)\[/gi;

/** A text as a literal of SQL; with escapes where it has characters that do not stand for themselves everywhere. */
export function literalOf(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replace(misread, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  const isPlain = escaped.length === text.replaceAll('\\', '\\\\').length || text.includes('\0');
  return `${isPlain ? '' : 'E'}'${(isPlain ? text : escaped).replaceAll("'", "''")}'`;
}
