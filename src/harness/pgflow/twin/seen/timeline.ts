/** What happened in a simulation of pgflow, line by line. */
import * as twin from '../../../twin/timeline.ts';

/** One event. Fields that do not apply to it are missing. */
export interface TimelineEntry extends twin.TimelineLine {
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

export type Timeline = twin.Timeline<TimelineEntry>;

export const timelineOfRuns = (
  entries: readonly TimelineEntry[],
  { ofOneRun }: { readonly ofOneRun: boolean },
): Timeline => twin.timelineOf(entries, (entry) => sentenceOf(entry, ofOneRun));

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
