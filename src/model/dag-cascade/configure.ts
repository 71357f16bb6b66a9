/** `async.configure`: targets, pools and what the orchestrator goes by. What is no longer named is deleted, with all that hangs on it. */
import { moreThanOneRow, notNullViolation, uniqueViolation } from '../kernel/sql-error.ts';
import type { Configuration } from './commands.ts';
import { deleteNode } from './configure-flow.ts';
import { deleteTask } from './draft.ts';
import { deleteWorker } from './finish.ts';
import { refuse } from './refusal.ts';
import { type Draft, selfTarget, type Target } from './state.ts';
import { intervalOf } from './values.ts';

export function configure(draft: Draft, configuration: Configuration): void {
  const { control = {}, targets = [], concurrency_pools: pools = [] } = configuration;
  // JSON null has no fields.
  if (control === null || targets === null) refuse({ sqlstate: '22023' });
  const before = draft.control;
  draft.control = {
    ...before,
    workers: control.workers ?? before.workers,
    default_timeout: intervalOr(control.default_timeout, before.default_timeout)!,
    self_concurrency: control.self_concurrency ?? before.self_concurrency,
    default_concurrency_pool_workers:
      control.default_concurrency_pool_workers ?? before.default_concurrency_pool_workers,
  };
  const wanted = [...targets, forged(draft.control.self_concurrency)];
  if (wanted.some(({ target }) => target == null)) refuse(notNullViolation('target'));
  const names = new Set<string>();
  for (const target of wanted as (NewTarget & { target: string })[]) {
    // The second of the same would change what the first has made.
    if (names.has(target.target)) refuse(moreThanOneRow);
    names.add(target.target);
    putTarget(draft, target.target, target);
  }
  for (const worker of draft.workers.values()) {
    if (worker.target !== null && !names.has(worker.target)) {
      deleteWorker(draft, worker);
    }
  }
  for (const name of [...draft.targets.keys()].filter((each) => !names.has(each))) deleteTarget(draft, name);
  configurePools(draft, pools);
}

type NewTarget = NonNullable<NonNullable<Configuration['targets']>[number]>;

const forged = (max_concurrency: number): NewTarget => ({
  target: selfTarget,
  max_concurrency,
  asynchronous_finish: false,
});

function putTarget(draft: Draft, name: string, wanted: NewTarget): void {
  const before: Target = draft.targets.get(name) ?? {
    target: name,
    max_concurrency: null,
    connection_string: null,
    asynchronous_finish: null,
    default_timeout: null,
    concurrency_track_yielded: null,
  };
  draft.targets = draft.targets.set(name, {
    target: name,
    max_concurrency: wanted.max_concurrency ?? documentedLimit(draft, wanted) ?? before.max_concurrency,
    connection_string: wanted.connection_string ?? before.connection_string,
    asynchronous_finish: wanted.asynchronous_finish ?? before.asynchronous_finish,
    default_timeout: intervalOr(wanted.default_timeout, before.default_timeout),
    concurrency_track_yielded: wanted.concurrency_track_yielded ?? before.concurrency_track_yielded,
  });
}

/** Surprise: it is documented under another name than it has. */
function documentedLimit({ documented }: Draft, target: object): number | undefined {
  if (!documented.has('the-documented-limit-of-a-target-is-passed-over')) return;
  return 'max_workers' in target && typeof target.max_workers === 'number' ? target.max_workers : undefined;
}

const intervalOr = (text: string | null | undefined, before: number | null) =>
  text == null ? before : intervalOf(text);

/** With its tasks and its nodes. */
function deleteTarget(draft: Draft, name: string): void {
  draft.reached.push('configure/deleted-target');
  draft.targets = draft.targets.delete(name);
  for (const task of draft.tasks.values()) {
    if (task.target === name) deleteTask(draft, task);
  }
  for (const node of [...draft.nodes.values()]) if (node.target === name) deleteNode(draft, node.node);
}

function configurePools(draft: Draft, wanted: NonNullable<Configuration['concurrency_pools']> | null): void {
  if (wanted === null) refuse({ sqlstate: '22023' });
  if (wanted.some(({ concurrency_pool: name }) => name == null)) refuse(notNullViolation('concurrency_pool'));
  const names = new Set<string>();
  const isKnown = new Set(draft.pools.keys());
  for (const { concurrency_pool, max_workers } of wanted) {
    const name = concurrency_pool!;
    if (names.has(name)) {
      if (!isKnown.has(name)) refuse(uniqueViolation('concurrency_pool_pkey'));
      // Of one that is named twice, the first.
      continue;
    }
    names.add(name);
    draft.pools = draft.pools.set(
      name,
      // One that is known, and has no limit, keeps none.
      { max_workers: max_workers ?? (isKnown.has(name) ? draft.pools.get(name)!.max_workers : 8) },
      draft.owner,
    );
  }
  for (const name of [...draft.pools.keys()]) if (!names.has(name)) draft.pools = draft.pools.delete(name);
  for (const { target, max_concurrency } of draft.targets.values()) {
    draft.pools = draft.pools.set(target, { max_workers: max_concurrency });
  }
}
