/** The table `pgflow.workers`, which no function writes: a worker inserts its own row, and is told to stop in it. */
import { notNullViolation, type SqlError, uniqueViolation } from '../../kernel/sql-error.ts';
import type { DeprecateWorker, InsertWorker } from './commands.ts';
import type { Draft } from './draft.ts';
import type { Worker } from './state.ts';

export function insertWorker(draft: Draft, command: InsertWorker): Worker | SqlError {
  const { worker_id, queue_name, function_name } = command;
  if (worker_id === null) return notNullViolation('worker_id');
  if (queue_name === null) return notNullViolation('queue_name');
  if (function_name === null) return notNullViolation('function_name');
  if (draft.workers.has(worker_id)) return uniqueViolation('workers_pkey');

  const worker = {
    worker_id,
    queue_name,
    function_name,
    started_at: draft.now,
    deprecated_at: null,
    last_heartbeat_at: draft.now,
  };
  draft.workers = draft.workers.set(worker_id, worker, draft.owner);
  draft.reached.push('insert_worker/inserted');
  return worker;
}

/** Surprise: nothing else looks at it, so a deprecated worker goes on starting tasks. */
export function deprecateWorker(draft: Draft, { worker_id }: DeprecateWorker): readonly Worker[] {
  const worker = worker_id === null ? undefined : draft.workers.get(worker_id);
  if (!worker) {
    draft.reached.push('deprecate_worker/no-such-worker');
    return [];
  }
  const deprecated = { ...worker, deprecated_at: draft.now };
  draft.workers = draft.workers.set(worker.worker_id, deprecated, draft.owner);
  draft.reached.push('deprecate_worker/deprecated');
  return [deprecated];
}
