/** What happened to flows, line by line. */
import type * as twin from '../../../twin/timeline.ts';

/** One event. Fields that do not apply to it are missing. */
export interface TimelineEntry extends twin.TimelineLine {
  readonly what: TimelineEvent;
  readonly flow_id?: number;
  readonly flow?: string;
  readonly node?: string;
  /** Of a step. */
  readonly step_arguments?: unknown;
  readonly task_id?: number;
  /** Of `failed`. */
  readonly error?: string | null;
}

export type TimelineEvent =
  | 'configured'
  | 'flow created'
  | 'begins'
  | 'waits for its steps'
  | 'waits for finish'
  | 'deferred'
  | 'finished'
  | 'failed'
  | 'dead on arrival'
  | 'canceled'
  | 'ready again'
  | 'deleted'
  | 'flow done'
  | 'flow open again'
  | 'orchestrator'
  | 'refused';

export type Timeline = twin.Timeline<TimelineEntry>;
