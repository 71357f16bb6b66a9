/** Words for the traces of the registry. */
import type { Flow, LedgerCommand } from '../../../model/activity-ledger/shared/commands.ts';
import type { TraceEntry } from '../../contract/trace.ts';

/** At once, but for what is marked as later. */
export const commands = (...list: (LedgerCommand | Later)[]): readonly TraceEntry<LedgerCommand>[] =>
  list.map((each) => ('later' in each ? { at: each.at, command: each.later } : { at: 0, command: each }));

interface Later {
  readonly at: number;
  readonly later: LedgerCommand;
}

/** So many milliseconds after the others. */
export const later = (at: number, command: LedgerCommand): Later => ({ at, later: command });

type Activity = Flow['activities'][number];

export const trigger: Activity = { aid: 't', kind: 'trigger' };
export const worker = (aid: string): Activity => ({ aid, kind: 'worker', topic: 'do' });
export const leads = (from: string, to: string) => ({ from, to });

export const deploy = (
  activities: Activity[],
  transitions: Flow['transitions'],
  rest: Partial<Flow> = {},
): LedgerCommand => ({ type: 'deploy', flows: [{ flow: 'f', ...rest, activities, transitions }] });

export const begin = { type: 'trigger', flow: 'f', jid: 'j' } as const;
export const deliver = (message_id: number, rest: object = {}): LedgerCommand => ({
  type: 'deliver',
  message_id,
  ...rest,
});
export const work = (message_id: number, rest: object = {}): LedgerCommand => ({
  type: 'work',
  message_id,
  status: 'success',
  ...rest,
});

/** A ledger for operations alone. */
export const place = { jid: 'j', aid: 'a', dad: ',0' } as const;
export const holds = (value: number): LedgerCommand => ({ type: 'collate', ...place, amount: value });
export const enters = (guid: string): LedgerCommand => ({ type: 'notarize_reentry', ...place, guid });
