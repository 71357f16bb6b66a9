/** The figures as aligned text: one line a figure, with the goal beside it where there is one. */
import { cpus, platform, release, totalmem } from 'node:os';
import { type DagFigures, ratiosOf as ratiosOfDag } from './dag-cascade.ts';
import { partitions, ratiosOf, type StoreFigures, views } from './event-store.ts';
import type { LiveCosts } from './live-runs.ts';
import type { BenchOptions } from './options.ts';
import type { RecordingSpeed } from './recordings.ts';
import { elements, type RootMap } from './root-map.ts';
import type { Starts } from './startup.ts';
import type { StateMachineFigures } from './state-machine.ts';
import type { Contestant, Throughput } from './throughput.ts';

export interface Figures {
  readonly machine: ReturnType<typeof describeMachine>;
  readonly seed: number;
  readonly rounds: number;
  /** One for each release. */
  readonly throughput: readonly Throughput[];
  readonly recordings: readonly RecordingSpeed[];
  readonly rootMap: RootMap;
  /** This and what follows: of 0.1.20. */
  readonly liveRuns: readonly LiveCosts[];
  /** Cost of a command with the most live runs to that with the fewest, where workers report what they just polled. */
  readonly liveRunsRatio: number;
  /** The same, where they report any tasks at random. */
  readonly liveRunsRatioScattered: number;
  readonly bytesPerFinishedRun: number;
  readonly eventStore: readonly StoreFigures[];
  readonly dagCascade: readonly DagFigures[];
  readonly stateMachine: StateMachineFigures;
  readonly starts: Starts;
  /** Seconds that the benchmark took. */
  readonly seconds: number;
}

export function describeMachine() {
  const cores = cpus();
  return {
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    node: process.version,
  };
}

export function headingText({ samples, seed, maxCommands, rounds }: BenchOptions): string {
  const { cpu, cores, memoryGb, system, node } = describeMachine();
  return [
    `${cpu}, ${cores} cores, ${memoryGb} GB, ${system}, Node ${node}`,
    `${samples} samples of up to ${maxCommands} commands, seed ${seed}, ${rounds} rounds`,
  ].join('\n');
}

export function figuresText(figures: Figures): string {
  const { liveRuns, starts, rootMap, liveRunsRatio, liveRunsRatioScattered } = figures;
  const costs = (choice: 'microseconds' | 'microsecondsScattered') =>
    liveRuns.map(({ runs, [choice]: { overall, ...kinds } }) => {
      const each = Object.entries(kinds).map(([kind, cost]) => `${kind} ${cost.toFixed(2)}`);
      return [`  ${whole(runs)} live runs`, per(overall, 'us'), '', each.join(', ')];
    });
  return table([
    ['what', 'measured', 'at least (aim)', ''],
    ...figures.throughput.flatMap(throughputRows),
    ...figures.recordings.map(({ file, commands, commandsPerSecond }) => [
      `held against ${file.replace('/recordings', '')}`,
      `${whole(commandsPerSecond)} commands/s`,
      '20,000 (100,000)',
      `${whole(commands)} commands`,
    ]),
    ['0.8.1: start_flow of a root map, model', per(rootMap.median, 'ms'), '5 ms', `${elements} elements`],
    ['  the first in the process', per(rootMap.cold, 'ms'), '', ''],
    ['0.1.20: a command, tasks just polled', per(liveRunsRatio, 'x'), '2 x (1.3 x)', mostToFewest],
    ...costs('microseconds'),
    ['0.1.20: a command, any tasks of all', per(liveRunsRatioScattered, 'x'), '', mostToFewest],
    ...costs('microsecondsScattered'),
    ['a live run', `${whole(liveRuns.at(-1)!.bytesPerRun)} bytes`, '', 'five steps, two messages at most'],
    [
      'a finished run',
      `${whole(figures.bytesPerFinishedRun)} bytes`,
      '',
      'five steps, five archived messages',
    ],
    [
      'verify to first sample, cached image',
      per(starts.cached.firstSample, 's'),
      '2.5 s (1.5 s)',
      ready(starts.cached),
    ],
    ...eventStoreRows(figures.eventStore),
    ...dagCascadeRows(figures.dagCascade),
    ...stateMachineRows(figures.stateMachine),
    ['verify to first sample, no image', per(starts.uncached.firstSample, 's'), '', ready(starts.uncached)],
  ]);
}

/** At least and, in brackets, aimed at. */
const goals: Readonly<Record<string, { samples?: string; modelToBare?: string; verifyToBare?: string }>> = {
  '0.1.20': { modelToBare: '500 x (1,000 x)', verifyToBare: '1.8 x (1.25 x)' },
  '0.8.1': { samples: '8 /s (15 /s)' },
  uuid: { modelToBare: '500 x (1,000 x)' },
  '1.0': { modelToBare: '500 x (1,000 x)' },
};
const names: Readonly<Record<string, string>> = { uuid: 'event store', '1.0': 'DAG cascade' };

function throughputRows(throughput: Throughput): string[][] {
  const { release, commands, versions, model, bare, verifyOneWorker, verifyTwoWorkers, ratios } = throughput;
  const goal = goals[release];
  const rate = ({ commandsPerSecond }: Contestant) => `${whole(commandsPerSecond)} commands/s`;
  const samples = ({ samplesPerSecond }: Contestant) => `${samplesPerSecond.toFixed(1)} samples/s`;
  const installed = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    [
      `${names[release] ?? release}: model alone`,
      rate(model),
      '',
      `${whole(commands)} commands; ${installed.join(', ')}`,
    ],
    ['  bare PGlite', rate(bare), '', ''],
    ['  verify, one worker', rate(verifyOneWorker), '', ''],
    ['', samples(verifyOneWorker), goal?.samples ?? '', ''],
    ['  verify, two workers', rate(verifyTwoWorkers), '', samples(verifyTwoWorkers)],
    ['  model to bare, commands/s', `${whole(ratios.modelToBare)} x`, goal?.modelToBare ?? '', ''],
    [
      '  verify to bare, wall time, one worker',
      per(ratios.verifyOneWorkerToBare, 'x'),
      goal?.verifyToBare ?? '',
      '',
    ],
    ['  verify to bare, wall time, two workers', per(ratios.verifyTwoWorkersToBare, 'x'), '', ''],
  ];
}

function eventStoreRows(figures: readonly StoreFigures[]): string[][] {
  const ratios = ratiosOf(figures);
  const most = figures.at(-1)!;
  return Object.entries(ratios).map(([kind, ratio]) => [
    `event store: ${kind}, ${whole(most.events)} events`,
    per(ratio, 'x'),
    kind === 'ack_event' ? '' : '2 x (1.3 x)',
    `of ${whole(figures[0]!.events)} events; ${figures
      .map(({ microseconds }) => microseconds[kind as keyof typeof microseconds].toFixed(2))
      .join(
        ' -> ',
      )} us; ${whole(partitions)} partitions, ${views} views, ${whole(most.bytesPerEvent)} bytes an event`,
  ]);
}

function dagCascadeRows(figures: readonly DagFigures[]): string[][] {
  const most = figures.at(-1)!;
  return Object.entries(ratiosOfDag(figures)).map(([kind, ratio]) => [
    `DAG cascade: ${kind}, ${whole(most.finished)} finished tasks`,
    per(ratio, 'x'),
    '2 x (1.3 x)',
    `of ${whole(figures[0]!.finished)}; ${figures
      .map(({ microseconds }) => microseconds[kind as keyof typeof microseconds].toFixed(2))
      .join(' -> ')} us`,
  ]);
}

const stateMachineRows = (figures: StateMachineFigures): string[][] => [
  [
    'state machines: the model, transitions',
    `${whole(figures.transitionsPerSecond)} /s`,
    '300,000 (1,000,000)',
    '',
  ],
  ['  five Pass states in the twin', `${whole(figures.passExecutionsPerSecond)} /s`, '10,000 (30,000)', ''],
  [
    '  five states, three of them tasks',
    `${whole(figures.taskExecutionsPerSecond)} /s`,
    '10,000 (30,000)',
    '',
  ],
];

const whole = (value: number) => Math.round(value).toLocaleString('en');
const per = (value: number, unit: string) => `${value.toFixed(2)} ${unit}`;

const mostToFewest = 'with the most live runs to the fewest';

const ready = ({ ready }: { readonly ready: number }) => `database open after ${ready.toFixed(2)} s`;

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        // Figures to the right, words to the left.
        .map((cell, column) => (column === 1 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
