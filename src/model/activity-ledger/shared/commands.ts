/** What is asked of ledgers and of the jobs around them, as commands. */
import * as z from 'zod';
import { indexedText, int8, text } from '../../parameters/sql-types.ts';

/** Where a ledger is: the job, the activity, and its dimensional address. */
const place = { jid: indexedText, aid: indexedText, dad: indexedText };
const cycle = z.boolean();

const guid = indexedText;

/**
 * Operations of the first ledger. Each is one addition, and gives what the ledger is then, and why the message is turned
 * away, if it is.
 */
const countdownOperations = [
  z.strictObject({ type: z.literal('notarize_entry'), ...place }),
  z.strictObject({ type: z.literal('authorize_reentry'), ...place }),
  z.strictObject({ type: z.literal('notarize_early_exit'), ...place }),
  z.strictObject({ type: z.literal('notarize_early_completion'), ...place, cycle }),
  z.strictObject({ type: z.literal('notarize_reentry'), ...place, guid }),
  z.strictObject({ type: z.literal('notarize_continuation'), ...place }),
  z.strictObject({ type: z.literal('notarize_completion'), ...place, cycle }),
  z.strictObject({ type: z.literal('notarize_inception'), jid: indexedText, guid: guid.nullable() }),
  z.strictObject({ type: z.literal('is_inception_overage'), jid: indexedText, guid: guid.nullable() }),
] as const;

/** Operations of its successor. */
const incrementOperations = [
  z.strictObject({ type: z.literal('notarize_leg1_entry'), ...place }),
  z.strictObject({ type: z.literal('notarize_leg1_completion'), ...place, cycle }),
  z.strictObject({ type: z.literal('notarize_leg2_entry'), ...place, guid }),
  z.strictObject({ type: z.literal('notarize_step'), jid: indexedText, guid, step: z.int().min(1).max(3) }),
  z.strictObject({ type: z.literal('notarize_finalize'), ...place, cycle }),
  z.strictObject({
    type: z.literal('set_status_and_collate_guid'),
    jid: indexedText,
    guid,
    delta: z.int().min(-1000).max(1000),
    threshold: z.int().min(-1000).max(1000),
  }),
] as const;

/** Any addition at all, which no operation makes. */
const collate = z.strictObject({ type: z.literal('collate'), ...place, amount: int8 });

/** What both have. All but the first read nothing and write nothing. */
const pureCommands = [
  collate,
  z.strictObject({
    type: z.literal('verify_integer'),
    value: int8,
    leg: z.literal([1, 2]),
    stage: z.enum(['enter', 'exit']),
  }),
  z.strictObject({ type: z.literal('verify_synthetic_integer'), value: int8 }),
  z.strictObject({ type: z.literal('get_dimensional_index'), value: int8 }),
  z.strictObject({ type: z.literal('get_dimensions_by_id'), ancestors: z.array(text), dad: text }),
  z.strictObject({
    type: z.literal('resolve_reentry_dimension'),
    ancestors: z.array(text),
    ancestor: text,
    dad: text,
  }),
] as const;

const kinds = ['trigger', 'worker', 'await', 'hook', 'signal', 'cycle', 'interrupt'] as const;
export type Kind = (typeof kinds)[number];

/** Seconds. */
const seconds = z.int().min(0).max(1_000_000);
/** A code of HTTP, by which transitions are chosen. */
const code = z.int().min(100).max(999);
const given = z.string().min(1).pipe(indexedText);

const activity = z.strictObject({
  aid: given,
  kind: z.enum(kinds),
  /** Whether it can be entered again after it was completed. */
  cycle: z.boolean().optional(),
  /** Of a cycle: which activity before it is entered again. */
  ancestor: given.optional(),
  /** Of a worker: where its work goes; of a hook: which signal it waits for; of a signal: which one it sends. */
  topic: given.optional(),
  /** Of a hook: how long it sleeps. */
  sleep: seconds.optional(),
  /** Of an await: the flow that it starts, as which job, and whether it waits for that one's end. */
  flow: given.optional(),
  child: given.optional(),
  await: z.boolean().optional(),
  /** Of an interrupt: which job; left out, its own. */
  target: given.optional(),
});
export type Activity = z.infer<typeof activity>;

const transition = z.strictObject({ from: given, to: given, code: code.optional() });

const flow = z.strictObject({
  flow: given,
  /** Seconds that a job is kept after its end. */
  expire: seconds.optional(),
  /** The first one is its trigger. */
  activities: z.array(activity).min(1).max(20),
  transitions: z.array(transition).max(60),
});
export type Flow = z.infer<typeof flow>;

/** The process ends after so many of its writes. */
const crash_after = z.int().min(0).max(20).optional();
/** The acknowledgement is lost, and the message is delivered again. */
const keep = z.boolean().optional();
const statuses = ['success', 'pending', 'error'] as const;
export type Status = (typeof statuses)[number];

const jobCommands = [
  z.strictObject({ type: z.literal('deploy'), flows: z.array(flow).min(1).max(8) }),
  z.strictObject({
    type: z.literal('trigger'),
    flow: given,
    jid: given,
    guid: given.nullable().optional(),
    crash_after,
  }),
  z.strictObject({ type: z.literal('deliver'), message_id: int8, keep, crash_after }),
  z.strictObject({
    type: z.literal('work'),
    message_id: int8,
    status: z.enum(statuses),
    code: code.optional(),
    keep,
  }),
  z.strictObject({ type: z.literal('signal'), topic: given, code: code.optional() }),
  /** A job is deleted, whatever its state. */
  z.strictObject({ type: z.literal('scrub'), jid: given }),
  z.strictObject({ type: z.literal('interrupt'), jid: given, crash_after }),
  z.strictObject({ type: z.literal('tick') }),
] as const;

export const countdownCommand = z.discriminatedUnion('type', [
  ...countdownOperations,
  ...pureCommands,
  ...jobCommands,
]);
export const incrementCommand = z.discriminatedUnion('type', [
  ...incrementOperations,
  ...pureCommands,
  ...jobCommands,
]);
/** A command of either release. */
export const ledgerCommand = z.discriminatedUnion('type', [
  ...countdownOperations,
  ...incrementOperations,
  ...pureCommands,
  ...jobCommands,
]);
export type LedgerCommand = z.infer<typeof ledgerCommand>;
export type CommandOf<Type extends LedgerCommand['type']> = Extract<LedgerCommand, { readonly type: Type }>;

export type CountdownOperation = z.infer<(typeof countdownOperations)[number]>;
export type IncrementOperation = z.infer<(typeof incrementOperations)[number]>;
/** What each release does in its own way. */
export type VerificationCommand = CommandOf<
  'verify_integer' | 'verify_synthetic_integer' | 'get_dimensional_index'
>;
