/** The part of a draft that every release has. */
import type { Instant } from '../../kernel/instant.ts';
import type { Owner, PersistentMap } from '../../kernel/persistent-map.ts';
import type { Circumstances } from '../../kernel/transition.ts';
import type { PgmqDraft } from '../../pgmq/state.ts';
import type { FlowOf } from './flow.ts';

export type Writable<T> = { -readonly [K in keyof T]: T[K] };

export interface DraftOf<Step, Run, AsDocumented> {
  flows: PersistentMap<FlowOf<Step>>;
  runs: PersistentMap<Run>;
  readonly pgmq: PgmqDraft;
  /** `now()` */
  readonly now: Instant;
  readonly uuid: string;
  readonly order: NonNullable<Circumstances['order']>;
  readonly asDocumented: AsDocumented;
  readonly owner: Owner;
  readonly reached: string[];
}

/** Whichever order is as good as any other where nobody looked which one the SQL chose. */
export const asGiven: NonNullable<Circumstances['order']> = (members) => members;
