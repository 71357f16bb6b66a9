/** What happened as lines to read and to keep as a snapshot: the same test, the same text, on every backend. */
import { elapsedText } from './duration.ts';

/** One thing that happened. What it does not concern is left out. */
export interface TimelineEntry {
  /** Milliseconds since the simulation began. */
  readonly at: number;
  readonly event: TimelineEvent;
  /** Number of the run, from 1. */
  readonly run?: number;
  readonly step?: string;
  /** Position of the task in its map. */
  readonly index?: number;
  /** From 1. */
  readonly attempt?: number;
  /** Number of the worker, from 1. */
  readonly worker?: number;
  /** What is said about it: `fails: 429; again at +6.000s`. */
  readonly text: string;
}

export type TimelineEvent =
  | 'run started'
  | 'run completed'
  | 'run failed'
  | 'run refused'
  | 'step completed'
  | 'step failed'
  | 'attempt started'
  | 'attempt called'
  | 'attempt completed'
  | 'attempt failed'
  | 'attempt ignored'
  | 'attempt stranded'
  | 'message delivered again'
  | 'worker'
  | 'database';

export interface Timeline extends ReadonlyArray<TimelineEntry> {
  /** A line each. */
  toString(): string;
}

export function timelineOf(
  entries: readonly TimelineEntry[],
  options: { readonly ofOneRun: boolean },
): Timeline {
  const timeline = [...entries];
  // Not enumerable, so that two timelines are equal where their entries are.
  Object.defineProperty(timeline, 'toString', {
    value: () => timeline.map((entry) => lineOf(entry, options.ofOneRun)).join('\n'),
  });
  return timeline;
}

function lineOf(entry: TimelineEntry, ofOneRun: boolean): string {
  return `${elapsedText(entry.at).padStart(11)}  ${sentenceOf(entry, ofOneRun)}`;
}

/** Without its instant: `chargeCard attempt 1 starts on worker 1`. */
export function sentenceOf({ run, step, index, text }: TimelineEntry, ofOneRun: boolean): string {
  const subject = [
    ...(run === undefined || (ofOneRun && step !== undefined) ? [] : [`run ${run}`]),
    ...(step === undefined ? [] : [index === undefined ? step : `${step}[${index}]`]),
  ].join(' ');
  return `${subject === '' ? '' : `${subject} `}${text}`;
}

/** Whether it belongs to the timeline of that run: what workers and the database go through concerns every run. */
export const concernsRun = ({ run, event }: TimelineEntry, number: number): boolean =>
  run === number || event === 'worker' || event === 'database';

const longest = 120;

/** A value in a line: JSON, cut where it is long. */
export function valueText(value: unknown): string {
  const text = value === undefined ? 'null' : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** An error in a line: its first line. */
export function errorText(message: string | null): string {
  const [first = ''] = (message ?? '').split('\n');
  return first === '' ? '(no message)' : first.length > longest ? `${first.slice(0, longest)}…` : first;
}
