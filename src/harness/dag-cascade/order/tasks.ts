/** The tasks that a command left behind, found by what they are about. */

import type { Task } from '../../../model/dag-cascade/state.ts';
import { jsonbText } from '../../../model/dag-cascade/values.ts';
import type { Jsonb } from '../../../model/kernel/jsonb.ts';
import type { Observation } from '../../contract/observation.ts';

/** A row of `async.task`, as far as an order is read off it. */
export type TaskRow = Pick<
  Task,
  'failed' | 'task_id' | 'consumed' | 'processed' | 'finish_status' | 'source' | 'processing_error'
> & { readonly task_data: Task['task_data'] | null };

export interface Tasks {
  readonly all: readonly TaskRow[];
  readonly byId: ReadonlyMap<number, TaskRow>;
  /** Ids by the text of `task_data`. */
  readonly byData: ReadonlyMap<string, number>;
}

export function tasksIn(tables: Pick<Observation, 'get'>): Tasks {
  const all = (tables.get('async.task') ?? []) as unknown as readonly TaskRow[];
  return {
    all,
    byId: new Map(all.map((task) => [task.task_id, task])),
    byData: new Map(all.map(({ task_id, task_data }) => [jsonbText(task_data as unknown as Jsonb), task_id])),
  };
}
