/** Which queued tasks a message stands for: every release finds a task by its message. */
import { assert } from '../../kernel/assert.ts';
import type { IndexedTree } from '../../kernel/indexed-tree.ts';
import type { Owner } from '../../kernel/persistent-map.ts';

/** The primary key of a task. */
export interface TaskKey {
  readonly run_id: string;
  readonly step_slug: string;
  /** Left out where a step has one task. */
  readonly task_index?: number;
}

/** By `message_id`. */
export type QueuedTasks<Key extends TaskKey> = IndexedTree<readonly Key[]>;

export function withQueued<Key extends TaskKey>(
  tasks: QueuedTasks<Key>,
  message_id: number,
  key: Key,
  owner: Owner,
): QueuedTasks<Key> {
  const others = tasks.get(message_id) ?? [];
  return tasks.set(message_id, [...others, key], owner);
}

export function withoutQueued<Key extends TaskKey>(
  tasks: QueuedTasks<Key> | undefined,
  message_id: number,
  key: Key,
  owner: Owner,
): QueuedTasks<Key> {
  const keys = tasks?.get(message_id);
  assert(tasks && keys, 'a queued task is found by its message');
  const others = keys.filter((other) => !isSameTask(other, key));
  return others.length === 0 ? tasks.delete(message_id, owner) : tasks.set(message_id, others, owner);
}

const isSameTask = (a: TaskKey, b: TaskKey) =>
  a.task_index === b.task_index && a.step_slug === b.step_slug && a.run_id === b.run_id;
