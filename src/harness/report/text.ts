/** Reports for people. */
import type pc from 'picocolors';
import type { ReplayReport } from '../commands/replay.ts';
import type { Heading, VerifyReport } from '../commands/verify.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { Trace } from '../contract/trace.ts';
import type { ReportedDivergence } from '../lockstep/reported.ts';
import { showInstant } from '../lockstep/values.ts';
import { type Describe, printLines, visibleReport, visiblyDescribed } from './lines.ts';

export type Colors = ReturnType<typeof pc.createColors>;

export type { Describe };

/** A state that differs all over is shown as well by its beginning. */
const mostShown = 20;
const widest = 60;

/** `pgtwin 0.1.0: pgflow 0.1.20, 1 migration · postgres 18.3 · ...`, and the remarks below. */
export function headingText(heading: Heading, colors: Colors): string {
  const { pgtwin, engine, release, versions, remarks } = visibleReport(heading);
  const { migrations, ...others } = versions;
  const answers = Object.entries(others).map(([name, version]) => `${name} ${version}`);
  // What is no SQL has none.
  const installed = migrations === undefined ? '' : `, ${count(Number(migrations), 'migration')}`;
  const subject = `${engine} ${release}${installed}`;
  const lines = [`${colors.bold(`pgtwin ${pgtwin}: ${subject}`)} · ${answers.join(' · ')}`];
  return printLines([...lines, ...remarks.map((remark) => colors.dim(`  ${remark}`))]);
}

/** What a campaign found, without the heading. */
export function verifyText(found: VerifyReport, colors: Colors, describe: Describe): string {
  const report = visibleReport(found);
  const { divergence, seed, interrupted, isDefaultBudget, unwitnessed, witnesses } = report;
  const seeded = seed === null ? '' : `seed ${seed}, `;
  const done = `${count(report.samples, seed === null ? 'trace' : 'sample')}, ${count(report.commands, 'command')} in ${report.seconds.toFixed(1)} s (${seeded}${report.samplesPerSecond.toFixed(1)} ${seed === null ? 'traces' : 'samples'}/s)`;
  const reached = Object.keys(witnesses).length;
  const branches = count(reached + unwitnessed.length, 'branch', 'branches');
  if (divergence) {
    const how = divergence.isShrunk ? 'shrunk' : 'cut';
    const shrunk = `${seeded}${seed === null ? 'trace' : 'sample'} ${divergence.sample}, ${how} from ${count(divergence.commandsBefore, 'command')} to ${divergence.commands}`;
    return printLines([
      colors.red(`The SQL differs from the model (${shrunk}).`),
      `${interrupted ? 'Interrupted' : 'Stopped'} after ${done}. ${reached} of ${branches} of the model were reached by then.`,
      '',
      ...divergenceLines(divergence, colors, describe),
    ]);
  }

  const lines = interrupted
    ? [colors.yellow(`Interrupted after ${done}.`)]
    : [colors.green(`The SQL agrees with the model: ${done}.`)];
  if (unwitnessed.length === 0) lines.push(`All ${branches} of the model were reached.`);
  else {
    // A campaign that was cut short, or asked to be short, does not owe every branch.
    const colour = isDefaultBudget && !interrupted ? colors.red : colors.yellow;
    lines.push(colour(`${unwitnessed.length} of ${branches} of the model were never reached:`));
    lines.push(...listed(unwitnessed));
  }
  return printLines(lines);
}

/** All of them: a few one to a line, many side by side. */
function listed(branches: readonly string[]): string[] {
  if (branches.length <= 12) return branches.map((branch) => `  ${branch}`);
  const lines: string[] = [];
  for (const branch of branches) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + branch.length < 110)
      lines[lines.length - 1] = `${last}, ${branch}`;
    else lines.push(`  ${branch}`);
  }
  return lines;
}

/** What a replay found, without the heading. */
export function replayText(found: ReplayReport, colors: Colors, describe: Describe): string {
  const report = visibleReport(found);
  const { divergence, file, commands } = report;
  const done = `${count(commands, 'command')} of ${file ?? 'the trace'}`;
  if (report.verdict === 'interrupted') return colors.yellow(`Interrupted after ${done}.`);
  if (!divergence) {
    const agrees = colors.green(`The SQL agrees with the model: ${done}.`);
    return report.page === null ? agrees : `${agrees}\npage    ${report.page}`;
  }
  const head = colors.red(`The SQL differs from the model after ${done}.`);
  return printLines([head, '', ...divergenceLines(divergence, colors, describe)]);
}

function divergenceLines(divergence: ReportedDivergence, colors: Colors, describe: Describe): string[] {
  const { trace, differences, replay, file, psql, page } = divergence;
  const shown = differences.slice(0, mostShown);
  const places: string[] = [];
  let row = '';
  for (const difference of shown) {
    if (difference.row !== row && difference.row !== '') {
      const [table] = difference.where.split('.');
      places.push(colors.dim(`  ${table}: ${difference.row}`));
    }
    row = difference.row;
    const { model, sql } = difference.shown;
    const where = `  ${difference.where}  `;
    if (model.length + sql.length <= widest) {
      places.push(`${where}model ${colors.green(model)}  sql ${colors.red(sql)}`);
    } else {
      places.push(where.trimEnd(), `    model ${colors.green(model)}`, `    sql   ${colors.red(sql)}`);
    }
  }
  if (differences.length > shown.length) {
    places.push(`  and ${count(differences.length - shown.length, 'more place')}`);
  }

  const lines = [
    'commands',
    ...commandLines(trace.commands, describe, colors),
    '',
    'what differs after the last command',
    ...places,
  ];
  if (replay !== null) lines.push('', `replay  ${colors.bold(`npx ${replay}`)}`);
  if (file !== null) lines.push(`trace   ${file}`);
  if (psql !== null) lines.push(`psql    ${psql}`);
  if (page !== null) lines.push(`page    ${page}`);
  return lines;
}

/** A line for each command, with the instant it is executed at. */
export function commandLines(
  commands: Trace<AnyCommand>['commands'],
  describe: Describe,
  colors: Colors,
): string[] {
  const times = commands.map(({ at }) => showInstant(at));
  const width = times.reduce((most, time) => Math.max(most, time.length), 0);
  return commands.map(
    ({ command }, i) => `  ${colors.dim(times[i]!.padStart(width))}  ${visiblyDescribed(command, describe)}`,
  );
}

const groups = new Intl.NumberFormat('en-US');

/** `1 sample`, `1,200 samples` */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${groups.format(number)} ${number === 1 ? one : many}`;
}
