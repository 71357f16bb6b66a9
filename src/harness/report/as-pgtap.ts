/** A trace as a pgTAP test: the model says what happens, for a database that has pgflow and pgTAP installed. */
import type { Row } from '../../model/kernel/transition.ts';
import { asText } from '../../sql/call.ts';
import { SetupError } from '../../sql/setup-error.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { ToldRelease } from '../contract/engine.ts';
import type { Observation } from '../contract/observation.ts';
import type { SqlFacet } from '../contract/sql.ts';
import type { ScriptSupport } from '../contract/telling.ts';
import type { Trace } from '../contract/trace.ts';
import { type Told, tell } from './told.ts';

/**
 * Everything happens in one transaction that is rolled back, and in the time of the trace: where it waits, nobody has
 * to. Instants are not compared, nor is which of several messages has which id.
 * Throws {@link SetupError} for an engine that has no such tests.
 */
export function asPgtap(
  release: ToldRelease<unknown, AnyCommand> & Pick<SqlFacet<AnyCommand>, 'call'>,
  trace: Trace<AnyCommand>,
  title: string,
): string {
  const { script } = release;
  if (!script) throw new SetupError(`there is no pgTAP test for ${release.engine} ${release.release}`);
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
    lines.push(...setup, testOf(each, text, oneLine(release.machine.describe(each.command))));
  }
  const last = told.at(-1);
  const states = last ? statesOf(script, last.after) : [];
  return `${[
    `-- ${release.engine} ${release.release}, ${trace.commands.length} commands, with the results of its model`,
    `-- ${oneLine(title)}`,
    'begin;',
    `select plan(${tests + states.length});`,
    ...script.clock.setup,
    ...lines,
    ...(states.length > 0
      ? ['', '-- The rows at the end. Instants and the ids of messages are not compared.']
      : []),
    ...states,
    '',
    'select * from finish();',
    'rollback;',
  ].join('\n')}\n`;
}

/** The statement, and what has to be done before it so that it draws the id that the trace goes on with. */
function callOf(
  release: ToldRelease<unknown, AnyCommand> & Pick<SqlFacet<AnyCommand>, 'call'>,
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
    return `select throws_ok(${dollar(statement)}, ${told('sqlstate')}, ${told('message')}, ${description});`;
  }
  const hidden = hiddenColumns(result.rows);
  // What is no SELECT cannot be read from, and instants within JSON cannot be left out.
  if (!/^select\b/i.test(statement) || result.rows.some((row) => holdsInstants(row))) {
    return `select lives_ok(${dollar(statement)}, ${description});`;
  }
  return compared(`(${statement})`, result.rows, hidden, description);
}

/** A test for each table that the state has rows in. */
function statesOf(script: ScriptSupport<AnyCommand>, observation: Observation): string[] {
  return [...observation].flatMap(([table, rows]) => {
    const [schema, name] = [table.slice(0, table.indexOf('.')), table.slice(table.indexOf('.') + 1)];
    if (rows.length === 0 || !script.isAsserted(table, rows)) return [];
    if (rows.some((row) => holdsInstants(row))) return [];
    const hidden = new Set([...hiddenColumns(rows), ...script.unordered]);
    return [compared(`${schema}."${name.replaceAll('"', '""')}"`, rows, hidden, quote(`rows of ${table}`))];
  });
}

function compared(
  from: string,
  rows: readonly Row[],
  hidden: ReadonlySet<string>,
  description: string,
): string {
  const without = hidden.size === 0 ? '' : ` - array[${[...hidden].sort().map(quote).join(', ')}]`;
  const query = dollar(`select to_jsonb(each)${without} from ${from} as each`);
  if (rows.length === 0) return `select is_empty(${query}, ${description});`;
  const values = rows.map((row) => `  (${quote(json(shown(row, hidden)))}::jsonb)`);
  return `select bag_eq(${query}, ${dollar(`values\n${values.join(',\n')}`)}, ${description});`;
}

/** SQL NULL is null in what `to_jsonb` makes of a row. */
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

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** In dollars, with a tag that the text does not hold. */
function dollar(text: string): string {
  let tag = '$$';
  for (let n = 1; text.includes(tag) || text.endsWith('$'); n++) {
    tag = `$q${n}$`;
    if (!text.includes(tag)) break;
  }
  return `${tag}${text}${tag}`;
}

const oneLine = (text: string) => wellFormed(text.replace(/\s*[\r\n]+\s*/g, ' ').replaceAll('\0', '\\0'));

/** A lone surrogate becomes U+FFFD, as it would in a file. */
const wellFormed = (text: string) => Buffer.from(text).toString();
