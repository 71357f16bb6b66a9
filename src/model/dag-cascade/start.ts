/** How the orchestrator starts: what was under way is given up. */
import { IndexedTree } from '../kernel/indexed-tree.ts';
import { PersistentMap } from '../kernel/persistent-map.ts';
import { deleteTask, inOrder, isReady, openFlowIds, openTasks, putTask } from './draft.ts';
import { disconnect, nameOfWorker } from './finish.ts';
import { cancelFlow } from './flows.ts';
import { trackPools } from './push-tasks.ts';
import { type Draft, selfTarget, type Worker } from './state.ts';

const day = 86_400_000;
const fiveMinutes = 300_000;

/** `call async.main(_manual_mode := true)`. */
export function start(draft: Draft): void {
  const { now, control } = draft;
  draft.control = { ...control, running_since: now };
  if (!draft.targets.has(selfTarget)) {
    draft.targets = draft.targets.set(selfTarget, {
      target: selfTarget,
      max_concurrency: control.self_concurrency,
      connection_string: 'host=localhost user=postgres dbname=postgres',
      asynchronous_finish: false,
      default_timeout: null,
      concurrency_track_yielded: false,
    });
  }
  maintain(draft);
  for (const task of openTasks(draft)) {
    if (isReady(task)) continue;
    draft.reached.push('start/presumed-failed');
    putTask(draft, {
      ...task,
      processed: now,
      failed: true,
      processing_error: 'presumed failed due to async startup',
      ...(draft.documented.has('presumed-failures-have-no-status') && { finish_status: 'FAILED' as const }),
    });
  }
  for (const flow_id of inOrder(draft, openFlowIds(draft), 'flows')) {
    draft.reached.push('start/canceled-flow');
    cancelFlow(draft, flow_id);
  }
  for (const name of [...draft.connections.keys()].sort()) {
    if (name.startsWith('async.worker')) disconnect(draft, name);
  }
  draft.workers = freshWorkers(control.workers);
  draft.busy = PersistentMap.empty();
  draft.trackers = PersistentMap.empty();
  trackPools(
    draft,
    openTasks(draft)
      .filter((task) => isReady(task))
      .map((task) => task.concurrency_pool),
  );
  draft.control = { ...draft.control, isStarted: true };
}

/** By their number, the workers of an orchestrator that has just started. */
const startedWith = new Map<number, IndexedTree<Worker>>();

/** Made once, as there are many and they are the same each time. */
function freshWorkers(count: number): IndexedTree<Worker> {
  let workers = startedWith.get(count);
  if (!workers) {
    workers = IndexedTree.empty();
    const owner = {};
    for (let slot = 1; slot <= count; slot++) {
      const worker = { slot, name: nameOfWorker(slot), target: null, task_id: null, running_since: null };
      workers = workers.set(slot, worker, owner);
    }
    startedWith.set(count, workers);
  }
  return workers;
}

/** What is done at each start: old tasks are deleted, and pools that nobody uses. */
function maintain(draft: Draft): void {
  const { now } = draft;
  const { last_heavy_maintenance: heavy, last_light_maintenance: light } = draft.control;
  if (heavy === null || now > heavy + day) {
    draft.control = { ...draft.control, last_heavy_maintenance: now };
    deleteOldTasks(draft, now - 30 * day);
  }
  if (light === null || now > light + fiveMinutes) {
    for (const { concurrency_pool, workers } of [...draft.trackers.values()]) {
      if (workers > 0 || (workers === 0 && draft.targets.has(concurrency_pool))) continue;
      if (openTasks(draft).some((task) => task.concurrency_pool === concurrency_pool)) continue;
      draft.reached.push('start/forgot-pool');
      draft.trackers = draft.trackers.delete(concurrency_pool);
    }
    draft.control = { ...draft.control, last_light_maintenance: now };
  }
}

/** Flows that they are the parents of go with them; the tasks of these stay. */
function deleteOldTasks(draft: Draft, until: number): void {
  for (const task of draft.tasks.values()) {
    if (task.processed === null || task.processed > until) continue;
    draft.reached.push('start/deleted-old-task');
    deleteTask(draft, task);
  }
}
