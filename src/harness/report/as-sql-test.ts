/** A trace as a test in SQL: the model says what happens, for a database that has the engine installed. */
import type { Row } from '../../model/kernel/transition.ts';
import { visible } from '../../model/kernel/visible.ts';
import { assertionFunctions } from '../../sql/assertions.ts';
import { asText, literalOf as quote } from '../../sql/call.ts';
import { SetupError } from '../../sql/setup-error.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { ToldRelease } from '../contract/engine.ts';
import type { Observation } from '../contract/observation.ts';
import type { SqlFacet } from '../contract/sql.ts';
import type { Rank, ScriptSupport } from '../contract/telling.ts';
import { startOf, type Trace } from '../contract/trace.ts';
import { canonical } from '../lockstep/difference.ts';
import { type Told, tell } from './told.ts';

/** Who makes the functions that check: pgTAP, an extension, or the script itself. */
export type CheckedBy = 'pgtap' | 'script';

type ScriptRelease = ToldRelease<unknown, AnyCommand> & Pick<SqlFacet<AnyCommand>, 'call'>;

/**
 * Everything happens in one transaction that is rolled back, and in the time of the trace: where it waits, nobody has
 * to. Instants are not compared. Of the ids of messages their order is, as far as it is promised.
 * Throws {@link SetupError} for an engine that has no such tests.
 */
export function asSqlTest(
  release: ScriptRelease,
  trace: Trace<AnyCommand>,
  title: string,
  checkedBy: CheckedBy,
): string {
  const { script } = release;
  if (!script) throw new SetupError(`there is no test in SQL for ${release.engine} ${release.release}`);
  const prefix = checkedBy === 'pgtap' ? '' : 'pg_temp.';
  const told = tell(release, trace);
  const lines: string[] = [];
  let tests = 0;
  let ended = 0;
  for (const each of told) {
    lines.push('');
    if (each.at > ended) lines.push(`-- ${each.at - ended} ms later`);
    lines.push(...script.clock.at(each.before, each.at, ended));
    ended = each.endedAt;
    const { text, setup } = callOf(release, script, each);
    if (wellFormed(text) !== text || text.includes('\0')) {
      lines.push(
        `-- left out, because a script cannot contain its arguments: ${oneLine(JSON.stringify(each.command))}`,
      );
      continue;
    }
    tests++;
    const test = testOf(each, text, oneLine(release.machine.describe(each.command)));
    lines.push(...setup, `select ${prefix}${test}`);
  }
  const last = told.at(-1);
  const states = last ? statesOf(script, last.after).map((test) => `select ${prefix}${test}`) : [];
  const isOpen = told.some(({ choices }) => choices.some((choice) => script.decidesDues?.(choice)));
  const dues =
    last && !isOpen ? duesOf(script, last, startOf(trace)).map((test) => `select ${prefix}${test}`) : [];
  return `${[
    `-- ${oneLine(`${release.engine} ${release.release}`)}, ${trace.commands.length} commands, with the results of its model`,
    `-- ${oneLine(title)}`,
    ...(checkedBy === 'pgtap' ? [] : howToRun),
    'begin;',
    ...(checkedBy === 'pgtap' ? [] : [assertionFunctions('pg_temp')]),
    `select ${prefix}plan(${tests + states.length + dues.length});`,
    ...script.clock.setup,
    ...lines,
    ...(states.length > 0
      ? [
          '',
          '-- The rows at the end. Instants are not compared; of the ids of messages, their order within a step is.',
        ]
      : []),
    ...states,
    ...(dues.length > 0
      ? [
          '',
          '-- When messages become visible, in milliseconds since the start.',
          ...script.clock.at(last!.after, ended, ended),
        ]
      : []),
    ...dues,
    '',
    `select * from ${prefix}finish();`,
    'rollback;',
  ].join('\n')}\n`;
}

const howToRun = [
  '-- It needs nothing but the engine, stops at the first check that fails, and leaves nothing behind. In psql:',
  '-- psql -v ON_ERROR_STOP=1 -f THIS_FILE',
];

/** The statement, and what has to be done before it so that it draws the id that the trace goes on with. */
function callOf(
  release: ScriptRelease,
  script: ScriptSupport<AnyCommand>,
  { command, uuid }: Told,
): { text: string; setup: readonly string[] } {
  const { command: drawn, setup } = script.withId(command, uuid);
  return { text: asText(release.call(drawn)).trim(), setup };
}

function testOf({ result }: Told, statement: string, title: string): string {
  const description = quote(title);
  if (!result.ok) {
    const { refusal, alternatives = [] } = result;
    // Null is any, where the SQL may answer with another.
    const told = (field: 'sqlstate' | 'message') => {
      const isOne = alternatives.every((other) => other[field] === refusal[field]);
      return isOne && refusal[field] !== undefined ? quote(refusal[field]) : 'null';
    };
    return `throws_ok(${dollar(statement)}, ${told('sqlstate')}, ${told('message')}, ${description});`;
  }
  const hidden = hiddenColumns(result.rows);
  // What is no SELECT cannot be read from, and instants within JSON cannot be left out.
  if (!/^select\b/i.test(statement) || result.rows.some((row) => holdsInstants(row))) {
    return `lives_ok(${dollar(statement)}, ${description});`;
  }
  return compared(`(${statement})`, result.rows, hidden, description, undefined);
}

/** A test for each table of the state, also for one that has to be empty. */
function statesOf(script: ScriptSupport<AnyCommand>, observation: Observation): string[] {
  return [...observation].flatMap(([table, rows]) => {
    const [schema, name] = [table.slice(0, table.indexOf('.')), table.slice(table.indexOf('.') + 1)];
    if (!script.isAsserted(table, rows)) return [];
    if (rows.some((row) => holdsInstants(row))) return [];
    const from = `${schema}."${name.replaceAll('"', '""')}"`;
    return [compared(from, rows, hiddenColumns(rows), quote(`rows of ${table}`), script.rank(table))];
  });
}

/** A test for each table with rows that become due. */
function duesOf({ clock }: ScriptSupport<AnyCommand>, { after, endedAt }: Told, startedAt: number): string[] {
  return [...after].flatMap(([table, rows]) => {
    const due = clock.dues(table, rows, startedAt, endedAt);
    if (!due) return [];
    const values = due.rows.map(([row, at]) => `  (${quote(json(row))}::jsonb, ${at}::bigint)`);
    const description = quote(`when rows of ${table} are due`);
    return [`bag_eq(${dollar(due.query)}, ${dollar(`values\n${values.join(',\n')}`)}, ${description});`];
  });
}

function compared(
  from: string,
  rows: readonly Row[],
  instants: ReadonlySet<string>,
  description: string,
  rank: Rank | undefined,
): string {
  const hidden = new Set([...instants, ...(rank ? [rank.column] : [])]);
  // By name: a column that the project added is left out, as the model does not know it.
  const columns = Object.keys(rows[0] ?? {}).filter((column) => !hidden.has(column));
  // An instant is not compared, but whether there is one is.
  const isSet = (column: string) => `${column} is set`;
  const values = [
    ...columns.map((column) => `${quote(column)}, each.${identifier(column)}`),
    ...[...instants]
      .sort()
      .map((column) => `${quote(isSet(column))}, each.${identifier(column)} is not null`),
    ...(rank
      ? [
          `${quote(`rank of ${rank.column}`)}, rank() over (partition by ${rank.partition.join(', ')} order by ${rank.column})`,
        ]
      : []),
  ];
  const query = dollar(`select jsonb_build_object(${values.join(', ')}) from ${from} as each`);
  if (rows.length === 0) return `is_empty(${query}, ${description});`;
  const expected = rows.map((row) => {
    const told = {
      ...shown(row, hidden),
      ...Object.fromEntries([...instants].map((column) => [isSet(column), row[column] !== null])),
      ...(rank ? { [`rank of ${rank.column}`]: rankOf(row, rows, rank) } : {}),
    };
    return `  (${quote(json(told))}::jsonb)`;
  });
  return `bag_eq(${query}, ${dollar(`values\n${expected.join(',\n')}`)}, ${description});`;
}

/** From 1, among the rows of its group. */
function rankOf(row: Row, rows: readonly Row[], { column, groupOf }: Rank): number {
  const group = canonical(groupOf(row));
  const isBefore = (other: Row) =>
    canonical(groupOf(other)) === group && (other[column] as number) < (row[column] as number);
  return 1 + rows.filter(isBefore).length;
}

/** SQL NULL is null in the JSON of a row. */
const shown = (row: Row, hidden: ReadonlySet<string>) =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([column]) => !hidden.has(column))
      .map(([column, value]) => [column, value === undefined ? null : value]),
  );

/** An integer beyond 2 ** 53 in all its digits. */
const json = (value: unknown) =>
  JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `bigint ${part}` : part)).replace(
    /"bigint (-?\d+)"/g,
    '$1',
  );

/** Columns that hold an instant in one of the rows, or tell how long ago something was. */
function hiddenColumns(rows: readonly Row[]): Set<string> {
  const hidden = new Set<string>();
  for (const row of rows) {
    for (const [column, value] of Object.entries(row)) {
      if (typeof value === 'number' && /(_at|^vt|_time|_age_sec)$/.test(column)) hidden.add(column);
    }
  }
  return hidden;
}

/** Rows as JSON within a row have the instants of their columns in them. */
const holdsInstants = (row: Row) =>
  Object.values(row).some(
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      /"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(JSON.stringify(value)),
  );

const identifier = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** In dollars, with a tag that the text does not hold. */
function dollar(text: string): string {
  let tag = '$$';
  for (let n = 1; text.includes(tag) || text.endsWith('$'); n++) {
    tag = `$q${n}$`;
    if (!text.includes(tag)) break;
  }
  return `${tag}${text}${tag}`;
}

const oneLine = (text: string) =>
  visible(wellFormed(text.replace(/\s*[\r\n]+\s*/g, ' ').replaceAll('\0', '\\0')));

/** A lone surrogate becomes U+FFFD, as it would in a file. */
const wellFormed = (text: string) => Buffer.from(text).toString();
