/** A trace as a test for vitest that executes it on the model and on the SQL, and compares both after every command. */
import { visibleJson } from '../../model/kernel/visible.ts';
import type { Deviation } from '../contract/deviation.ts';
import type { SqlSource } from '../contract/sql.ts';
import type { Trace } from '../contract/trace.ts';

export interface TestedOn extends SqlSource {
  /** Of the model, where the trace names another. */
  readonly release?: string | undefined;
  readonly intended: readonly Pick<Deviation, 'id'>[];
}

/** Starting the database takes a second, and building it for the first time some more. In milliseconds. */
const timeout = '60_000';

export function asVitest(trace: Trace<unknown>, on: TestedOn, title: string): string {
  const { engine, release, startedAt, commands } = trace;
  const options: [string, unknown][] = [
    ['release', on.release],
    ['migrations', on.migrations],
    ['schema', on.schema],
    ['intended', on.intended.length === 0 ? undefined : on.intended.map(({ id }) => id)],
  ];
  const text = `${[
    "import { replay } from 'pgtwin/verify';",
    "import { expect, test } from 'vitest';",
    '',
    '/** Commands, each at its milliseconds after the start. */',
    'const trace = {',
    ...Object.entries({ engine, release, startedAt }).map(([key, value]) => `  ${key}: ${literal(value)},`),
    '  commands: [',
    ...commands.map(({ at, command }) => `    { at: ${at}, command: ${literal(command)} },`),
    '  ],',
    '};',
    '',
    '// Executes the SQL in an embedded Postgres, and compares it with the model after every command.',
    `test(${JSON.stringify(title)}, async () => {`,
    '  const { divergence } = await replay({',
    '    trace,',
    ...options
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => `    ${key}: ${literal(value)},`),
    '  });',
    '  expect(divergence?.differences ?? []).toEqual([]);',
    `}, ${timeout});`,
  ].join('\n')}\n`;
  // Whatever is not ours stands between quotes.
  return visibleJson(text);
}

/** A value as TypeScript. */
function literal(value: unknown): string {
  if (Object.is(value, -0)) return '-0';
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(JSON.stringify(value));
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => `${keyOf(key)}: ${literal(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function keyOf(key: string): string {
  // Written plainly it would set the prototype.
  if (key === '__proto__') return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}
