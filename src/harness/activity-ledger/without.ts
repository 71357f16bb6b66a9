/** A trace without some of its entries whose commands still mean the same messages, though these have other ids. */

import type { LedgerMachine } from '../../model/activity-ledger/machine.ts';
import type { LedgerCommand } from '../../model/activity-ledger/shared/commands.ts';
import type { TraceEntry } from '../contract/trace.ts';

type Entry = TraceEntry<LedgerCommand>;

export const withoutOf =
  (machine: LedgerMachine) =>
  (entries: readonly Entry[], positions: ReadonlySet<number>): readonly Entry[] => {
    const rest = entries.filter((_, position) => !positions.has(position));
    const before = meaningsIn(machine, entries);
    const after = new Map([...meaningsIn(machine, rest)].map(([id, meaning]) => [meaning, id]));
    const moved = (id: number) => after.get(before.get(id) ?? '') ?? id;
    return rest.map(({ at, command }) => ({
      at,
      command: 'message_id' in command ? { ...command, message_id: moved(command.message_id) } : command,
    }));
  };

/** What each message stands for, in words that are the same in both traces. */
function meaningsIn(machine: LedgerMachine, entries: readonly Entry[]): Map<number, string> {
  const meanings = new Map<number, string>();
  const counts = new Map<string, number>();
  let state = machine.initialState;
  for (const { at, command } of entries) {
    const { lastMessage } = state;
    state = machine.transition(state, command, { now: at, uuid: '' }).state;
    for (let id = lastMessage + 1; id <= state.lastMessage; id++) {
      const { kind, jid, aid, dad } = state.messages.get(id)!;
      const what = `${kind} ${jid} ${aid} ${dad}`;
      const number = counts.get(what) ?? 0;
      counts.set(what, number + 1);
      meanings.set(id, `${what} ${number}`);
    }
  }
  return meanings;
}
