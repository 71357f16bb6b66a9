/**
 * The parameters of each command in the order of its SQL function. Written down apart from the schemas of the
 * commands, so that executing a command does not load them; the compiler checks the names, a test the order.
 */
import type { Signature } from '../kernel/parameter-refusal.ts';
import type { PgmqCommand } from './commands.ts';

export const jsonbParameters: ReadonlySet<string> = new Set(['msg', 'msgs', 'headers', 'conditional']);

type NamesOf<Command> = readonly Exclude<keyof Command, 'type'>[];

/** The names of the parameters by command type. */
export type ParameterNames<Command extends { readonly type: string }> = {
  readonly [Type in Command['type']]: NamesOf<Extract<Command, { readonly type: Type }>>;
};

export const parameterNames: ParameterNames<PgmqCommand> = {
  'pgmq.create': ['queue_name'],
  'pgmq.drop_queue': ['queue_name'],
  'pgmq.list_queues': [],
  'pgmq.send': ['queue_name', 'msg', 'headers', 'delay'],
  'pgmq.send_batch': ['queue_name', 'msgs', 'headers', 'delay'],
  'pgmq.read': ['queue_name', 'vt', 'qty', 'conditional'],
  'pgmq.read_with_poll': ['queue_name', 'vt', 'qty', 'max_poll_seconds', 'poll_interval_ms', 'conditional'],
  'pgmq.pop': ['queue_name', 'qty'],
  'pgmq.set_vt': ['queue_name', 'msg_id', 'msg_ids', 'vt'],
  'pgmq.delete': ['queue_name', 'msg_id', 'msg_ids'],
  'pgmq.archive': ['queue_name', 'msg_id', 'msg_ids'],
  'pgmq.purge_queue': ['queue_name'],
  'pgmq.metrics': ['queue_name'],
};

/** Signatures by command type. */
export function signaturesOf(
  names: Readonly<Record<string, readonly string[]>>,
  jsonb: ReadonlySet<string>,
): ReadonlyMap<string, Signature> {
  return new Map(
    Object.entries(names).map(([type, parameters]) => [
      type,
      { parameters, jsonb: parameters.map((each) => jsonb.has(each)) },
    ]),
  );
}

interface ObjectSchema {
  readonly shape: Readonly<Record<string, unknown>>;
}

/** The same table read off the schemas. */
export function namesInSchemas(schemas: readonly ObjectSchema[]): Record<string, readonly string[]> {
  const names: Record<string, readonly string[]> = {};
  for (const { shape } of schemas) {
    const { type, ...parameters } = shape;
    const [name] = (type as { values: ReadonlySet<string> }).values;
    names[name!] = Object.keys(parameters);
  }
  return names;
}
