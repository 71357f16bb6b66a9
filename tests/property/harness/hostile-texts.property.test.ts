/** Whatever a text holds that is not ours, the lines of a report stay lines, and none is a command of a workflow runner. */
import fc from 'fast-check';
import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { failureLine } from '../../../src/harness/cli/failure.ts';
import type { VerifyReport } from '../../../src/harness/commands/verify.ts';
import type { Deviation } from '../../../src/harness/contract/deviation.ts';
import type { DiffReport } from '../../../src/harness/diff/report.ts';
import type { MutantsReport } from '../../../src/harness/mutants/report.ts';
import { asVitest } from '../../../src/harness/report/as-vitest.ts';
import { deviationsText, deviationText } from '../../../src/harness/report/deviations.ts';
import { drawDiagram } from '../../../src/harness/report/diagram.ts';
import { diffJunit } from '../../../src/harness/report/diff-junit.ts';
import { diffMarkdown } from '../../../src/harness/report/diff-markdown.ts';
import { diffHeadingText, diffText, groupText } from '../../../src/harness/report/diff-text.ts';
import { printJson } from '../../../src/harness/report/json.ts';
import { verifyJunit } from '../../../src/harness/report/junit.ts';
import { printLines } from '../../../src/harness/report/lines.ts';
import {
  changeLines,
  listText,
  mutantsHeadingText,
  mutantsText,
} from '../../../src/harness/report/mutants-text.ts';
import { headingText, replayText, verifyText } from '../../../src/harness/report/text.ts';
import { psqlScript } from '../../../src/harness/trace/psql-script.ts';
import { SimulationError, shown } from '../../../src/harness/twin/simulation-error.ts';
import { errorText, timelineOf, valueText } from '../../../src/harness/twin/timeline.ts';
import { visible, visibleJson, visibleLines } from '../../../src/model/kernel/visible.ts';
import { asText, literalOf } from '../../../src/sql/call.ts';
import { ScriptError } from '../../../src/sql/driver.ts';
import { SetupError } from '../../../src/sql/setup-error.ts';
import { faultsOf, hostileText, ordinaryTexts } from '../../support/hostile-texts.ts';

const describeCommand = (command: object) => `toy.${Object.values(command).join(', ')}`;
const plain = pc.createColors(false);
const coloured = pc.createColors(true);

/** Reports that hold the text wherever they hold one that is not ours. */
function reportsWith(x: string) {
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
    ...{ differences: [difference, difference], sample: 1, commandsBefore: 2 },
  };
  const campaign = {
    ...{ seed: 1, maxCommands: 9, samples: 4, commands: 7, seconds: 1, samplesPerSecond: 4 },
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
const printers: Readonly<Record<string, (x: string, colors: Colors) => string>> = {
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
const files: Readonly<Record<string, (x: string) => string>> = {
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
const lines: Readonly<Record<string, (x: string) => string>> = {
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

/** As long, since what is long has a line of its own. */
const harmless = (x: string) => 'x'.repeat(visible(x).length);
const each = (law: (x: string) => void) => {
  const property = fc.property(hostileText, (x) => {
    law(x);
  });
  fc.assert(property, { numRuns: 300 });
};

describe('no text that is not ours breaks out of its line', () => {
  it.each(Object.entries(printers))('%s', (_, print) => {
    each((x) => {
      expect(faultsOf(print(x, plain), print(harmless(x), plain))).toEqual([]);
      expect(faultsOf(print(x, coloured), print(harmless(x), coloured))).toEqual([]);
    });
  });

  it.each(Object.entries(files))('%s', (_, print) => {
    each((x) => expect(faultsOf(print(x), print(harmless(x)))).toEqual([]));
  });

  it.each(Object.entries(lines))('%s', (_, print) => {
    // As the command writes it, behind its own name.
    each((x) => expect(faultsOf(`pgtwin: ${print(x)}`, 'one line')).toEqual([]));
  });

  it('of an error with lines of ours, as many as there are', () => {
    each((x) => {
      const { message } = new SimulationError(`a\n${x.replaceAll(/[\r\n\t]/g, '')}`);
      expect(faultsOf(message, 'a\nb')).toEqual([]);
    });
  });
});

describe('what is exact stays so', () => {
  it('JSON is read back as it was, and its lines are no commands', () => {
    each((x) => {
      const value = { [x]: [x, { x }] };
      const text = printJson(value);
      expect(JSON.parse(text)).toEqual(value);
      expect(faultsOf(text, printJson({ x: ['x', { x: 'x' }] }))).toEqual([]);
    });
  });

  it('a test for vitest holds the texts of the trace', () => {
    each((x) => {
      const text = asVitest(reportsWith(x).trace, { intended: [] }, x);
      const [, literal] = /const trace = (\{[\s\S]*?\n\});/.exec(text)!;
      expect(new Function(`return ${literal}`)()).toEqual(reportsWith(x).trace);
    });
  });

  it('ordinary texts are printed as they are', () => {
    for (const text of ordinaryTexts) {
      expect(visible(text)).toBe(text);
      expect(visibleLines(`${text}\n\t${text}`)).toBe(`${text}\n\t${text}`);
      expect(visibleJson(JSON.stringify({ text }, null, 2))).toBe(JSON.stringify({ text }, null, 2));
      expect(literalOf(text)).toBe(`'${text.replaceAll("'", "''")}'`);
      expect(failureLine(new SetupError(text))).toBe(text);
    }
  });

  it('a literal of SQL keeps line breaks and backslashes, and is escaped where a line of it would be a command', () => {
    expect(asText({ text: 'select $1', params: ["a\n\t\\ 'b'"] })).toBe("select 'a\n\t\\ ''b'''");
    expect(literalOf('a\\\n::error::')).toBe("E'a\\\\\n\\u003a:error::'");
    expect(literalOf('\u001b ##[error]')).toBe("E'\\u001b ##\\u005berror]'");
  });

  it('what was made visible once is not changed again', () => {
    each((x) => expect(visible(visible(x))).toBe(visible(x)));
  });
});
