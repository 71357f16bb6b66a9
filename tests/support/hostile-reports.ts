/** Everything that prints a report, with a text in every place of it that holds one that is not ours. */
import pc from 'picocolors';
import { failureLine } from '../../src/harness/cli/failure.ts';
import type { VerifyReport } from '../../src/harness/commands/verify.ts';
import type { Deviation } from '../../src/harness/contract/deviation.ts';
import type { DiffReport } from '../../src/harness/diff/report.ts';
import type { MutantsReport } from '../../src/harness/mutants/report.ts';
import { asVitest } from '../../src/harness/report/as-vitest.ts';
import { deviationsText, deviationText } from '../../src/harness/report/deviations.ts';
import { drawDiagram } from '../../src/harness/report/diagram.ts';
import { diffJunit } from '../../src/harness/report/diff-junit.ts';
import { diffMarkdown } from '../../src/harness/report/diff-markdown.ts';
import { diffHeadingText, diffText, groupText } from '../../src/harness/report/diff-text.ts';
import { verifyJunit } from '../../src/harness/report/junit.ts';
import { printLines } from '../../src/harness/report/lines.ts';
import {
  changeLines,
  listText,
  mutantsHeadingText,
  mutantsText,
} from '../../src/harness/report/mutants-text.ts';
import { headingText, replayText, verifyText } from '../../src/harness/report/text.ts';
import { psqlScript } from '../../src/harness/trace/psql-script.ts';
import { shown } from '../../src/harness/twin/simulation-error.ts';
import { errorText, timelineOf, valueText } from '../../src/harness/twin/timeline.ts';
import { visible } from '../../src/model/kernel/visible.ts';
import { ScriptError } from '../../src/sql/driver.ts';
import { SetupError } from '../../src/sql/setup-error.ts';

const describeCommand = (command: object) => `toy.${Object.values(command).join(', ')}`;
export const plain = pc.createColors(false);
export const coloured = pc.createColors(true);

/** Reports that hold the text wherever they hold one that is not ours. */
export function reportsWith(x: string) {
  const trace = { engine: x, release: x, startedAt: x, commands: [{ at: 0, command: { type: x, [x]: x } }] };
  const heading = {
    pgtwin: x,
    engine: x,
    release: x,
    versions: { [`v${x}`]: x, migrations: 1 },
    remarks: [x],
  };
  const difference = { where: x, row: x, model: x, sql: x, shown: { model: x, sql: x } };
  const divergence = {
    ...{ trace, commands: 1, where: x, row: x, model: x, sql: x, replay: x, file: x, psql: x, page: x },
    ...{ differences: [difference, difference], sample: 1, commandsBefore: 2, isShrunk: true },
  };
  const campaign = {
    ...{ seed: 1, recording: x, maxCommands: 9, samples: 4, commands: 7, seconds: 1, samplesPerSecond: 4 },
    ...{ witnesses: { [`w${x}`]: 1 }, unwitnessed: [x], interrupted: false, isDefaultBudget: true },
  };
  const verify = { ...heading, ...campaign, divergence, verdict: 'diverged' } as unknown as VerifyReport;
  const side = { name: x, migrations: 1, onlyHere: [x], remarks: [x] };
  const signature = { type: x, what: x };
  const group = {
    ...{ number: 1, function: x, where: x, places: [x, x], samples: 1, firstSample: 1, follows: [1], trace },
    ...{ commands: 1, commandsBefore: 2, file: x, page: x, replay: x },
    differences: [{ where: x, row: x, from: x, to: x, shown: { from: x, to: x } }],
  };
  const diff = {
    ...{
      ...heading,
      ...campaign,
      from: side,
      to: side,
      commandsOf: x,
      page: x,
      groups: [group],
      notAsked: [x],
    },
    ...{ returnedOnlyIn: { from: [x], to: [x] }, allowed: [{ function: x, where: x, reason: x }] },
    ...{ notFollowed: [signature], unsteady: [signature], verdict: 'different' },
  } as unknown as DiffReport;
  const mutant = {
    ...{ id: x, function: x, operator: x, file: x, line: 1, position: 1, before: `a${x}`, after: `b${x}` },
    ...{ outcome: 'survived', by: null, where: x, sample: null, samples: 1, trace: null, seconds: 1 },
  } as const;
  const mutants = {
    ...{ ...heading, fingerprint: x, seed: 1, samples: 1, forMs: null, maxCommands: 9, shrinkAttempts: 1 },
    ...{ selection: { functions: [x], operators: [x], mutants: [x], sample: null }, chosen: 1, shard: null },
    ...{ interrupted: false, mutants: [mutant] },
  } as unknown as MutantsReport;
  const deviation = {
    ...{ id: x, title: x, documented: { says: x, where: x }, happens: x, upstream: [x] },
    traces: { '2.0.0': trace.commands },
  } as unknown as Deviation;
  return { trace, verify, diff, group, mutants, mutant, deviation };
}

const drawingOf = (x: string) => ({
  graphs: () => [{ id: x, nodes: [{ id: x, kind: x }], edges: [] }],
  runs: () => [{ id: x, graph: x, status: x, nodes: new Map([[x, { status: x, note: x }]]) }],
  queues: () => [],
  columnType: () => 'other' as const,
});

type Colors = typeof plain;
/** To a terminal. */
export const printers: Readonly<Record<string, (x: string, colors: Colors) => string>> = {
  heading: (x, colors) => headingText(reportsWith(x).verify, colors),
  'verify, diverged': (x, colors) => verifyText(reportsWith(x).verify, colors, describeCommand),
  'verify, agreed': (x, colors) =>
    verifyText({ ...reportsWith(x).verify, divergence: null }, colors, describeCommand),
  replay: (x, colors) =>
    replayText(
      { ...reportsWith(x).verify, file: x, page: x, verdict: 'diverged' } as never,
      colors,
      describeCommand,
    ),
  'replay, agreed': (x, colors) =>
    replayText(
      { divergence: null, file: x, page: x, commands: 1, verdict: 'agreed' } as never,
      colors,
      describeCommand,
    ),
  'diff, heading': (x, colors) => diffHeadingText(reportsWith(x).diff, colors),
  diff: (x, colors) => diffText(reportsWith(x).diff, colors, describeCommand),
  'diff, one group': (x, colors) =>
    groupText(reportsWith(x).group as never, reportsWith(x).diff, colors, describeCommand),
  'mutants, heading': (x, colors) => mutantsHeadingText(reportsWith(x).mutants, 1, colors),
  mutants: (x, colors) => mutantsText(reportsWith(x).mutants, colors),
  'mutants, one': (x, colors) => printLines(changeLines(reportsWith(x).mutant, colors)),
  'mutants, list': (x, colors) => listText([{ ...reportsWith(x).mutant, equivalence: x }], colors),
  deviations: (x, colors) => deviationsText([reportsWith(x).deviation], '', 'toy', colors),
  deviation: (x, colors) => deviationText(reportsWith(x).deviation, 'toy', '', () => describeCommand, colors),
};
/** To a file that others read. */
export const files: Readonly<Record<string, (x: string) => string>> = {
  junit: (x) =>
    verifyJunit([[reportsWith(x).verify, verifyText(reportsWith(x).verify, plain, describeCommand)]]),
  'junit of a diff': (x) => {
    const { diff } = reportsWith(x);
    return diffJunit(diff, (group) => groupText(group, diff, plain, describeCommand));
  },
  markdown: (x) => diffMarkdown(reportsWith(x).diff, describeCommand),
  mermaid: (x) =>
    drawDiagram('mermaid', { drawing: drawingOf(x) }, {
      moments: [{ model: { tables: new Map() } }],
    } as never),
  dot: (x) =>
    drawDiagram('dot', { drawing: drawingOf(x) }, { moments: [{ model: { tables: new Map() } }] } as never),
  psql: (x) => psqlScript({ ...reportsWith(x).trace, commands: [] }, () => []),
  vitest: (x) => asVitest(reportsWith(x).trace, { release: x, migrations: x, intended: [{ id: x }] }, x),
};
/** One line each, as the command writes it behind its own name. */
export const lines: Readonly<Record<string, (x: string) => string>> = {
  'what could not be set up': (x) => failureLine(new SetupError(x)),
  'a script': (x) =>
    failureLine(
      new ScriptError(
        x,
        { text: `select ${x}`, line: 1 } as never,
        { kind: 'failure', sqlstate: '42601', message: x } as never,
      ),
    ),
  'a bug': (x) => failureLine(new Error(x)),
  'something thrown': (x) => failureLine(x),
  'a line of a timeline': (x) => `${timelineOf([{ at: 0, text: x }])}`.replaceAll('\t', ''),
  'a value in it': (x) => visible(valueText({ [x]: x })),
  'an error in it': (x) => `${timelineOf([{ at: 0, text: errorText(`a${x}`) }])}`.replaceAll('\t', ''),
  'a value in an error': (x) => shown({ x: [x] }),
};
