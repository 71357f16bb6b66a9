/** What happened as lines to read and to keep as a snapshot: the same test, the same text, on every backend. */
import { elapsedText } from '../../simulator/duration.ts';

/** One thing that happened. What it does not concern is left out. */
export interface TimelineEntry {
  /** Milliseconds since the beginning. */
  readonly at: number;
  readonly what: TimelineEvent;
  /** Number of the consumer, from 1; left out where the test did it itself. */
  readonly consumer?: number;
  readonly view?: string;
  readonly decider?: string;
  readonly decider_id?: string;
  /** The kind of event. */
  readonly event?: string;
  readonly offset?: number;
  /** How often the view has been given this event without acknowledging it, from 1. */
  readonly delivery?: number;
  readonly text: string;
}

export type TimelineEvent =
  | 'kind registered'
  | 'appended'
  | 'view registered'
  | 'view deleted'
  | 'delivered'
  | 'acknowledged'
  | 'given back'
  | 'put off'
  | 'nothing to give back'
  | 'failed'
  | 'crashed'
  | 'consumer'
  | 'refused';

export interface Timeline extends ReadonlyArray<TimelineEntry> {
  /** A line each. */
  toString(): string;
}

export function timelineOf(entries: readonly TimelineEntry[]): Timeline {
  const timeline = [...entries];
  // Not enumerable, so that two timelines are equal where their entries are.
  Object.defineProperty(timeline, 'toString', {
    value: () => timeline.map(({ at, text }) => `${elapsedText(at).padStart(11)}  ${text}`).join('\n'),
  });
  return timeline;
}
