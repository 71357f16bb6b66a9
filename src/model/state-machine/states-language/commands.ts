/** What is asked of executions in the states language, as commands. */
import * as z from 'zod';
import { indexedText, int4, int8, jsonb, text } from '../../parameters/sql-types.ts';
import { machineSchema } from './language/definition.ts';

const execution = int8;
const answer = z.union([z.strictObject({ value: jsonb }), z.strictObject({ error: text })]);

export const statesLanguageCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('create_machine'), machine: indexedText, definition: machineSchema }),
  z.strictObject({ type: z.literal('start_execution'), machine: indexedText, input: jsonb }),
  /** The first message of the execution's queue is carried out. `jitter`: the share of its delay that a retry with jitter waits, in thousandths. */
  z.strictObject({
    type: z.literal('deliver'),
    execution,
    jitter: z.int().min(0).max(1000).optional(),
    /** What expressions of JSONata came to, in the order in which they are asked for. The SQL knows none. */
    answers: z.array(answer).optional(),
  }),
  /** The first message is in the queue twice. */
  z.strictObject({ type: z.literal('duplicate'), execution }),
  z.strictObject({ type: z.literal('read_tasks'), vt: int4, qty: int4 }),
  z.strictObject({ type: z.literal('complete_task'), task_id: indexedText, output: jsonb }),
  z.strictObject({
    type: z.literal('fail_task'),
    task_id: indexedText,
    error: text,
    cause: text.optional(),
  }),
  /** Whoever carries out the task is still there. */
  z.strictObject({ type: z.literal('heartbeat'), task_id: indexedText }),
  z.strictObject({ type: z.literal('cancel_execution'), execution }),
  z.strictObject({ type: z.literal('delete_execution'), execution }),
  /** Waits, delays and timeouts end whose time has come. */
  z.strictObject({ type: z.literal('tick') }),
]);

export type StatesLanguageCommand = z.infer<typeof statesLanguageCommand>;
export type CommandOf<Type extends StatesLanguageCommand['type']> = Extract<
  StatesLanguageCommand,
  { readonly type: Type }
>;
