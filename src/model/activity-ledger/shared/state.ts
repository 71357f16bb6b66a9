/** Ledgers, the jobs that they belong to, and the messages between activities. */
import { IndexedTree } from '../../kernel/indexed-tree.ts';
import type { Instant } from '../../kernel/instant.ts';
import { type Owner, PersistentMap } from '../../kernel/persistent-map.ts';
import type { Activity, Status } from './commands.ts';
import type { AsDocumented } from './deviations.ts';

/** A row of `ledger.activity_ledgers`. */
export interface ActivityLedger {
  readonly jid: string;
  readonly aid: string;
  readonly dad: string;
  readonly value: number;
}
/** A row of `ledger.guid_ledgers`: the number that a message has for itself. */
export interface GuidLedger {
  readonly jid: string;
  readonly guid: string;
  readonly value: number;
}

/** Where a job was started from. */
export interface Parent {
  readonly jid: string;
  readonly gid: string;
  readonly aid: string;
  readonly dad: string;
}

/** A row of `ledger.jobs`. */
export interface Job {
  readonly jid: string;
  /** Null until its trigger has written what it is. */
  readonly gid: string | null;
  readonly flow: string | null;
  /** How many activities are open; far below 0 where it was interrupted. */
  readonly status: number;
  readonly parent: Parent | null;
  /** Whether who started it does not wait for its end. */
  readonly is_severed: boolean;
  readonly error_code: number | null;
  /** How often it was reported as over. */
  readonly completions: number;
  /** From then on nobody finds it. */
  readonly expires_at: Instant | null;
}

export type MessageKind = 'transition' | 'await' | 'result' | 'response' | 'webhook' | 'timehook' | 'work';

/** A row of `ledger.messages`; null where a message of its kind has no such thing. */
export interface Message {
  readonly message_id: number;
  readonly kind: MessageKind;
  readonly topic: string | null;
  readonly guid: string;
  readonly jid: string | null;
  readonly gid: string | null;
  readonly aid: string | null;
  readonly dad: string | null;
  readonly status: Status | null;
  readonly code: number | null;
}

/** A row of `ledger.hooks`: who waits for a signal. */
export interface Hook {
  readonly topic: string;
  readonly jid: string;
  readonly gid: string;
  readonly aid: string;
  readonly dad: string;
  readonly expires_at: Instant;
}

/** A row of `ledger.timers`. */
export interface Timer {
  readonly timer_id: number;
  readonly due: Instant;
  readonly jid: string;
  readonly gid: string;
  readonly aid: string;
  readonly dad: string;
}

export interface Transition {
  readonly parent: string;
  readonly child: string;
  /** In its flow, from 1. */
  readonly place: number;
  readonly code: number | null;
}

/** An activity as it is deployed. */
export interface DeployedActivity extends Activity {
  readonly ofFlow: string;
  /** The activities on the way to it, the trigger first. */
  readonly ancestors: readonly string[];
  readonly transitions: readonly Transition[];
}
export interface DeployedFlow {
  readonly flow: string;
  /** Seconds. */
  readonly expire: number;
  readonly trigger: string;
}
export interface Graph {
  readonly flows: ReadonlyMap<string, DeployedFlow>;
  readonly activities: ReadonlyMap<string, DeployedActivity>;
}

export interface LedgerState {
  /** By job, activity and address. */
  readonly ledgers: PersistentMap<ActivityLedger>;
  /** By job and guid. */
  readonly guids: PersistentMap<GuidLedger>;
  readonly jobs: PersistentMap<Job>;
  readonly messages: IndexedTree<Message>;
  readonly lastMessage: number;
  /** By topic. */
  readonly hooks: PersistentMap<Hook>;
  readonly timers: IndexedTree<Timer>;
  /** Instants at which somebody is woken. */
  readonly slots: IndexedTree<Instant>;
  readonly lastTimer: number;
  /** How many generations of jobs there were. */
  readonly lastGeneration: number;
  readonly graph: Graph;
}

export const initialState: LedgerState = {
  ledgers: PersistentMap.empty(),
  guids: PersistentMap.empty(),
  jobs: PersistentMap.empty(),
  messages: IndexedTree.empty(),
  lastMessage: 0,
  hooks: PersistentMap.empty(),
  timers: IndexedTree.empty(),
  slots: IndexedTree.empty(),
  lastTimer: 0,
  lastGeneration: 0,
  graph: { flows: new Map(), activities: new Map() },
};

/** No text has U+0000 in it. The job comes last, as `RecentTexts` picks its slot by the end of a text. */
export const ledgerKey = (jid: string, aid: string, dad: string): string => `${dad}\0${aid}\0${jid}`;
export const pairKey = (jid: string, other: string): string => `${other}\0${jid}`;

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** The private copy of the state that one command edits. */
export interface Draft extends Writable<LedgerState> {
  readonly now: Instant;
  owner: Owner;
  readonly reached: string[];
  readonly documented: AsDocumented;
}

export const draftOf = (state: LedgerState, now: Instant, documented: AsDocumented): Draft => ({
  ledgers: state.ledgers,
  guids: state.guids,
  jobs: state.jobs,
  messages: state.messages,
  lastMessage: state.lastMessage,
  hooks: state.hooks,
  timers: state.timers,
  slots: state.slots,
  lastTimer: state.lastTimer,
  lastGeneration: state.lastGeneration,
  graph: state.graph,
  now,
  owner: {},
  reached: [],
  documented,
});

export const stateOf = (draft: Draft): LedgerState => ({
  ledgers: draft.ledgers,
  guids: draft.guids,
  jobs: draft.jobs,
  messages: draft.messages,
  lastMessage: draft.lastMessage,
  hooks: draft.hooks,
  timers: draft.timers,
  slots: draft.slots,
  lastTimer: draft.lastTimer,
  lastGeneration: draft.lastGeneration,
  graph: draft.graph,
});
