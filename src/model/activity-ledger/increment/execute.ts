/** The operations of the second ledger as commands, and its protocol. */
import { unreachable } from '../../kernel/assert.ts';
import { rows } from '../../kernel/outcome.ts';
import type { Operations } from '../shared/execute.ts';
import { hooksOn } from '../shared/hooks.ts';
import type { Protocol } from '../shared/protocol.ts';
import {
  notarizeFinalize,
  notarizeLeg1Completion,
  notarizeLeg1Entry,
  notarizeLeg2Entry,
  notarizeStep,
  setStatusAndCollateGuid,
} from './collator.ts';
import { beginActivity } from './leg1.ts';
import { processEvent } from './leg2.ts';
import { completeJob } from './steps.ts';
import { beginJob } from './trigger.ts';
import { dimensionalIndex, verifyInteger, verifySynthetic } from './verification.ts';

export const incrementProtocol: Protocol = {
  beginJob,
  beginActivity,
  processEvent,
  completeJob,
  // It ends without a word.
  reportsDuplicates: false,
  // Of others, a second entry is a duplicate.
  canBeCycled: (activity) => activity.kind === 'hook' && !hooksOn(activity) && activity.cycle === true,
};

export const incrementOperations: Operations = (draft, command) => {
  switch (command.type) {
    case 'notarize_leg1_entry': {
      const { value, fault } = notarizeLeg1Entry(draft, command);
      return rows([{ value, fault }]);
    }
    case 'notarize_leg1_completion':
      return rows([{ value: notarizeLeg1Completion(draft, command, command.cycle) }]);
    case 'notarize_leg2_entry': {
      const { value, fault, guid_value } = notarizeLeg2Entry(draft, command, command.guid);
      return rows([{ value, fault, guid_value }]);
    }
    case 'notarize_step':
      return rows([{ guid_value: notarizeStep(draft, command.jid, command.guid, command.step) }]);
    case 'notarize_finalize':
      return rows([{ value: notarizeFinalize(draft, command, command.cycle) }]);
    case 'set_status_and_collate_guid': {
      const { jid, guid, delta, threshold } = command;
      return rows([{ is_closed: setStatusAndCollateGuid(draft, jid, guid, delta, threshold) }]);
    }
    case 'verify_integer':
      return rows([{ fault: verifyInteger(command.value, command.leg, command.stage) }]);
    case 'verify_synthetic_integer':
      return rows([{ fault: verifySynthetic(command.value) }]);
    case 'get_dimensional_index':
      return rows([{ index: dimensionalIndex(command.value) }]);
    default:
      // Of the other release.
      return unreachable(command as never);
  }
};
