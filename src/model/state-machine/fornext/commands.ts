/** What is asked of executors, as commands. */
import * as z from 'zod';
import { indexedText, int4, int8, jsonb, text } from '../../parameters/sql-types.ts';
import { machineSchema } from '../shared/definition.ts';

/** Both parts of the clock are unsigned integers of 32 bits. */
const uint32 = z
  .int()
  .min(0)
  .max(2 ** 32 - 1);
/** An unsigned integer of 64 bits, in decimal. */
const uint64 = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,19})$/, { error: 'expected an unsigned integer of 64 bits, in decimal' })
  .refine((value) => BigInt(value) < 2n ** 64n, { error: 'expected an unsigned integer of 64 bits' });
const executor = int8;

export const fornextCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('create_machine'), machine: indexedText, definition: machineSchema }),
  /** `handlers`: the resources that somebody carries out; left out, all. */
  z.strictObject({
    type: z.literal('run'),
    machine: indexedText,
    input: jsonb,
    handlers: z.array(text).optional(),
  }),
  /** The first message of the executor's queue is carried out. */
  z.strictObject({ type: z.literal('deliver'), executor }),
  /** The first message is in the queue twice. */
  z.strictObject({ type: z.literal('duplicate'), executor }),
  z.strictObject({ type: z.literal('read_tasks'), vt: int4, qty: int4 }),
  z.strictObject({
    type: z.literal('complete_task'),
    executor,
    task_id: indexedText,
    output: jsonb,
    /** Of the message that was read. */
    msg_id: int8.optional(),
  }),
  /** Waits end whose time has come. */
  z.strictObject({ type: z.literal('tick') }),
  z.strictObject({ type: z.literal('hlc_update'), executor, wall: uint32, logical: uint32 }),
  z.strictObject({ type: z.literal('as_uint64'), wall: uint32, logical: uint32 }),
  z.strictObject({ type: z.literal('as_string'), wall: uint32, logical: uint32 }),
  z.strictObject({ type: z.literal('parse_timestamp'), value: uint64 }),
]);
export type FornextCommand = z.infer<typeof fornextCommand>;
export type CommandOf<Type extends FornextCommand['type']> = Extract<FornextCommand, { type: Type }>;
