/** Words for the traces of the registry. */
import type { Flow, LedgerCommand } from '../../../model/activity-ledger/shared/commands.ts';
import type { TraceEntry } from '../../contract/trace.ts';

/** All at once. */
export const commands = (...list: LedgerCommand[]): readonly TraceEntry<LedgerCommand>[] =>
  list.map((command) => ({ at: 0, command }));

type Activity = Flow['activities'][number];

export const trigger: Activity = { aid: 't', kind: 'trigger' };
export const worker = (aid: string): Activity => ({ aid, kind: 'worker', topic: 'do' });
export const leads = (from: string, to: string) => ({ from, to });

export const deploy = (activities: Activity[], transitions: Flow['transitions']): LedgerCommand => ({
  type: 'deploy',
  flows: [{ flow: 'f', activities, transitions }],
});

export const begin = { type: 'trigger', flow: 'f', jid: 'j' } as const;
export const deliver = (message_id: number, rest: object = {}): LedgerCommand => ({
  type: 'deliver',
  message_id,
  ...rest,
});
/** A ledger for operations alone. */
export const place = { jid: 'j', aid: 'a', dad: ',0' } as const;
export const holds = (value: number): LedgerCommand => ({ type: 'collate', ...place, amount: value });
export const enters = (guid: string): LedgerCommand => ({ type: 'notarize_reentry', ...place, guid });
