/** A trace as a test for vitest: the model alone, what each command answers written out. */
import { SetupError } from '../../sql/setup-error.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { ToldRelease } from '../contract/engine.ts';
import { startOf, type Trace } from '../contract/trace.ts';
import { type Told, tell } from './told.ts';

/** Throws {@link SetupError} for a model that `pgtwin/model` does not export. */
export function asVitest(
  release: ToldRelease<unknown, AnyCommand>,
  trace: Trace<AnyCommand>,
  title: string,
): string {
  const { inModel: name } = release;
  if (name === undefined) {
    throw new SetupError(
      `the model of ${release.engine} ${release.release} is not in pgtwin/model, so no test can be printed`,
    );
  }
  const told = tell(release, trace);
  const startedAt = startOf(trace);
  return `${[
    `import { ${name} } from 'pgtwin/model';`,
    "import { expect, test } from 'vitest';",
    '',
    `type Command = Parameters<typeof ${name}.transition>[1];`,
    '',
    '/** Milliseconds after the first command, as an instant. */',
    `const at = (milliseconds: number) => Date.parse(${JSON.stringify(trace.startedAt)}) + milliseconds;`,
    '',
    `test(${JSON.stringify(title)}, () => {`,
    `  let state = ${name}.initialState;`,
    '  function send(milliseconds: number, uuid: string, command: Command) {',
    `    const outcome = ${name}.transition(state, command, { now: at(milliseconds), uuid });`,
    '    state = outcome.state;',
    '    return outcome.result;',
    '  }',
    ...told.flatMap((each) => ['', ...testOf(each, startedAt)]),
    '});',
  ].join('\n')}\n`;
}

function testOf({ at, uuid, command, result }: Told, startedAt: number): string[] {
  const call = `send(${at}, ${JSON.stringify(uuid)}, ${literal(command, startedAt)})`;
  if (!result.ok) {
    const refusal = `{ ok: false, refusal: ${literal(result.refusal, startedAt)} }`;
    return [`  expect(${call}).toMatchObject(${refusal});`];
  }
  if (result.rows.length === 0) return [`  expect(${call}).toEqual({ ok: true, rows: [] });`];
  const rows = result.rows.map((row) => `      ${literal(row, startedAt)},`);
  return [`  expect(${call}).toEqual({`, '    ok: true,', '    rows: [', ...rows, '    ],', '  });'];
}

const tenYears = 10 * 366 * 86_400_000;

/** A value as TypeScript; a number that may be an instant is written as one. */
function literal(value: unknown, startedAt: number): string {
  if (value === undefined) return 'undefined';
  if (typeof value === 'bigint') return `${value}n`;
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'number' && Math.abs(value - startedAt) < tenYears) return `at(${value - startedAt})`;
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, startedAt)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${keyOf(key)}: ${literal(item, startedAt)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function keyOf(key: string): string {
  // Written plainly it would set the prototype.
  if (key === '__proto__') return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}
