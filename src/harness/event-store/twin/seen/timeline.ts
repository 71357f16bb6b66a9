/** What happened in an event store, line by line. */
import type * as twin from '../../../twin/timeline.ts';

/** One event. Fields that do not apply to it are missing. */
export interface TimelineEntry extends twin.TimelineLine {
  readonly what: TimelineEvent;
  /** Number of the consumer, from 1. Missing if the test itself did it. */
  readonly consumer?: number;
  readonly view?: string;
  readonly decider?: string;
  readonly decider_id?: string;
  /** The kind of event. */
  readonly event?: string;
  readonly offset?: number;
  /** How often the view got this event without acknowledging it, from 1. */
  readonly delivery?: number;
  /** Of `failed`: what the handler threw. Not enumerable. */
  readonly thrown?: unknown;
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

export type Timeline = twin.Timeline<TimelineEntry>;
