/** What a database with pgmq holds: the list of queues, and for each queue its two tables and its sequence. */
import { IndexedTree } from '../kernel/indexed-tree.ts';
import type { Instant } from '../kernel/instant.ts';
import type { NullableJsonb } from '../kernel/jsonb.ts';
import { type Owner, PersistentMap } from '../kernel/persistent-map.ts';

/** A row of `pgmq.q_<queue>`, and of the type `pgmq.message_record`. */
export interface Message {
  readonly msg_id: number;
  readonly read_ct: number;
  readonly enqueued_at: Instant;
  readonly last_read_at: Instant | null;
  /** Invisible to readers before this instant. */
  readonly vt: Instant;
  readonly message: NullableJsonb;
  readonly headers: NullableJsonb;
}

/** A row of `pgmq.a_<queue>`. */
export interface ArchivedMessage extends Message {
  readonly archived_at: Instant;
}

export interface Queue {
  /** By `msg_id`, measured by `vt`. */
  readonly messages: IndexedTree<Message>;
  readonly archive: IndexedTree<ArchivedMessage>;
  /** The last value of the identity sequence; 0 before the first message. */
  readonly last_msg_id: number;
  /** The name of that sequence, and the names of the indexes of both tables. */
  readonly sequence: string;
  readonly indexes: readonly string[];
}

/** A row of `pgmq.meta`. */
export interface QueueMeta {
  readonly queue_name: string;
  readonly is_partitioned: boolean;
  readonly is_unlogged: boolean;
  readonly created_at: Instant;
}

export interface PgmqState {
  /** By `queue_name`, exactly as it was given. */
  readonly meta: PersistentMap<QueueMeta>;
  /** By the name of its tables without prefix: in lower case, so that two entries of `meta` may share one queue. */
  readonly queues: PersistentMap<Queue>;
  /** Names in the schema that are taken by what Postgres made along with the tables. */
  readonly relations: PersistentMap<'index' | 'sequence'>;
}

export const emptyPgmq: PgmqState = {
  meta: PersistentMap.empty(),
  queues: PersistentMap.empty(),
  relations: PersistentMap.empty(),
};

export const noMessages: IndexedTree<Message> = IndexedTree.empty((message) => message.vt);
export const noArchive: IndexedTree<ArchivedMessage> = IndexedTree.empty();

/** The private copy of the state that one command edits. */
export interface PgmqDraft {
  meta: PersistentMap<QueueMeta>;
  queues: PersistentMap<Queue>;
  relations: PersistentMap<'index' | 'sequence'>;
  /** `now()`: when the transaction began. */
  readonly now: Instant;
  /** `clock_timestamp()`: moves on where the command waits. */
  clock: Instant;
  readonly owner: Owner;
  /** Queues that drew a message id: a sequence does not roll back with a refusal. */
  readonly drawn: string[];
}

export function draftOf(state: PgmqState, now: Instant): PgmqDraft {
  const { meta, queues, relations } = state;
  return { meta, queues, relations, now, clock: now, owner: {}, drawn: [] };
}

export function stateOf(draft: PgmqDraft): PgmqState {
  const { meta, queues, relations } = draft;
  return { meta, queues, relations };
}

/** The state before a refused command, but with the message ids that the command drew used up. */
export function withoutDrawnIds(before: PgmqState, draft: PgmqDraft): PgmqState {
  let { queues } = before;
  for (const name of draft.drawn) {
    const queue = queues.get(name);
    const drawn = draft.queues.get(name);
    if (queue && drawn) queues = queues.set(name, { ...queue, last_msg_id: drawn.last_msg_id });
  }
  return queues === before.queues ? before : { ...before, queues };
}
