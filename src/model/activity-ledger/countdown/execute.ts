/** The operations of the first ledger as commands, and its protocol. */
import { unreachable } from '../../kernel/assert.ts';
import { rows } from '../../kernel/outcome.ts';
import type { Operations } from '../shared/execute.ts';
import type { Protocol } from '../shared/protocol.ts';
import { collate, isInceptionOverage, notarizeInception, notarizeReentry } from './collator.ts';
import { beginActivity } from './leg1.ts';
import { processEvent } from './leg2.ts';
import { completeJob } from './transition.ts';
import { beginJob } from './trigger.ts';
import { dimensionalIndex, verifyInteger, verifySynthetic } from './verification.ts';

export const countdownProtocol: Protocol = {
  beginJob,
  beginActivity,
  processEvent,
  completeJob,
  reportsDuplicates: true,
  canBeCycled: () => true,
};

export const countdownOperations: Operations = (draft, command) => {
  switch (command.type) {
    case 'notarize_entry':
    case 'authorize_reentry':
    case 'notarize_early_exit':
    case 'notarize_continuation': {
      const { value, fault } = collate(draft, command.type, command);
      return rows([{ value, fault }]);
    }
    case 'notarize_early_completion':
    case 'notarize_completion': {
      const { value, fault } = collate(draft, command.type, command, command.cycle);
      return rows([{ value, fault }]);
    }
    case 'notarize_reentry': {
      const { value, fault, guid_value } = notarizeReentry(draft, command, command.guid);
      return rows([{ value, fault, guid_value }]);
    }
    case 'notarize_inception':
      return rows([{ value: notarizeInception(draft, command.jid, command.guid) }]);
    case 'is_inception_overage':
      return rows([{ is_overage: isInceptionOverage(draft, command.jid, command.guid) }]);
    case 'verify_integer':
      return rows([{ fault: verifyInteger(command.value, command.leg, command.stage, draft.documented) }]);
    case 'verify_synthetic_integer':
      return rows([{ fault: verifySynthetic(command.value) }]);
    case 'get_dimensional_index':
      return rows([{ index: dimensionalIndex(command.value) }]);
    default:
      // Of the other release.
      return unreachable(command as never);
  }
};
