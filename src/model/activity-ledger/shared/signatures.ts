/** The parameters of each command in the order of its statement, and which of them are JSON. */
import { type ParameterNames, signaturesOf } from '../../kernel/signature.ts';
import type { LedgerCommand } from './commands.ts';

export const jsonbParameters: ReadonlySet<string> = new Set(['flows']);

export const parameterNames: ParameterNames<LedgerCommand> = {
  notarize_entry: ['jid', 'aid', 'dad'],
  authorize_reentry: ['jid', 'aid', 'dad'],
  notarize_early_exit: ['jid', 'aid', 'dad'],
  notarize_early_completion: ['jid', 'aid', 'dad', 'cycle'],
  notarize_reentry: ['jid', 'aid', 'dad', 'guid'],
  notarize_continuation: ['jid', 'aid', 'dad'],
  notarize_completion: ['jid', 'aid', 'dad', 'cycle'],
  notarize_inception: ['jid', 'guid'],
  is_inception_overage: ['jid', 'guid'],
  notarize_leg1_entry: ['jid', 'aid', 'dad'],
  notarize_leg1_completion: ['jid', 'aid', 'dad', 'cycle'],
  notarize_leg2_entry: ['jid', 'aid', 'dad', 'guid'],
  notarize_step: ['jid', 'guid', 'step'],
  notarize_finalize: ['jid', 'aid', 'dad', 'cycle'],
  set_status_and_collate_guid: ['jid', 'guid', 'delta', 'threshold'],
  collate: ['jid', 'aid', 'dad', 'amount'],
  verify_integer: ['value', 'leg', 'stage'],
  verify_synthetic_integer: ['value'],
  get_dimensional_index: ['value'],
  get_dimensions_by_id: ['ancestors', 'dad'],
  resolve_reentry_dimension: ['ancestors', 'ancestor', 'dad'],
  deploy: ['flows'],
  trigger: ['flow', 'jid', 'guid', 'crash_after'],
  deliver: ['message_id', 'keep', 'crash_after'],
  work: ['message_id', 'status', 'code', 'keep'],
  signal: ['topic', 'code'],
  scrub: ['jid'],
  interrupt: ['jid', 'crash_after'],
  tick: [],
};

export const signatures = signaturesOf(parameterNames, jsonbParameters);
