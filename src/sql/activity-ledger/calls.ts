/** One statement for each command. */
import type { LedgerCommand } from '../../model/activity-ledger/shared/commands.ts';
import { callOf, type ParameterType } from '../call.ts';
import type { Query } from '../driver.ts';

const place = { jid: 'text', aid: 'text', dad: 'text' } as const;
type Types = Readonly<Record<string, ParameterType>>;

/** The parameters of each command's function, whose names have an underscore before them in SQL. */
const parameters: Readonly<Record<LedgerCommand['type'], Types>> = {
  notarize_entry: place,
  authorize_reentry: place,
  notarize_early_exit: place,
  notarize_early_completion: { ...place, cycle: 'boolean' },
  notarize_reentry: { ...place, guid: 'text' },
  notarize_continuation: place,
  notarize_completion: { ...place, cycle: 'boolean' },
  notarize_inception: { jid: 'text', guid: 'text' },
  is_inception_overage: { jid: 'text', guid: 'text' },
  notarize_leg1_entry: place,
  notarize_leg1_completion: { ...place, cycle: 'boolean' },
  notarize_leg2_entry: { ...place, guid: 'text' },
  notarize_step: { jid: 'text', guid: 'text', step: 'integer' },
  notarize_finalize: { ...place, cycle: 'boolean' },
  set_status_and_collate_guid: { jid: 'text', guid: 'text', delta: 'integer', threshold: 'integer' },
  collate: { ...place, amount: 'bigint' },
  verify_integer: { value: 'bigint', leg: 'integer', stage: 'text' },
  verify_synthetic_integer: { value: 'bigint' },
  get_dimensional_index: { value: 'bigint' },
  get_dimensions_by_id: { ancestors: 'text[]', dad: 'text' },
  resolve_reentry_dimension: { ancestors: 'text[]', ancestor: 'text', dad: 'text' },
  deploy: { flows: 'jsonb' },
  trigger: { flow: 'text', jid: 'text', guid: 'text', crash_after: 'integer' },
  deliver: { message_id: 'bigint', keep: 'boolean', crash_after: 'integer' },
  work: { message_id: 'bigint', status: 'text', code: 'integer', keep: 'boolean' },
  signal: { topic: 'text', code: 'integer' },
  scrub: { jid: 'text' },
  interrupt: { jid: 'text', crash_after: 'integer' },
  tick: {},
};

/** Procedures, as they are several transactions; what they report are parameters as well. */
const procedures: ReadonlySet<LedgerCommand['type']> = new Set(['trigger', 'deliver', 'interrupt']);

export function callLedger({ type, ...values }: LedgerCommand): Query {
  const types = Object.entries(parameters[type]).map(([name, of]) => [`_${name}`, of] as const);
  const given = Object.entries(values).map(([name, value]) => [`_${name}`, value] as const);
  const called = callOf(`ledger.${type}`, Object.fromEntries(types), Object.fromEntries(given));
  return procedures.has(type) ? { ...called, text: called.text.replace('select * from', 'call') } : called;
}
