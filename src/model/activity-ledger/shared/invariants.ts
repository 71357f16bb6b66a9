/** Laws of every reachable state. */
import type { Invariant } from '../../kernel/machine.ts';
import { isOver } from './jobs.ts';
import { type Job, type LedgerState, ledgerKey, pairKey } from './state.ts';

export const invariants: readonly Invariant<LedgerState>[] = [
  {
    title: 'what is looked up by its names has these names',
    violation: ({ ledgers, guids, jobs, hooks }) => {
      for (const [key, { jid, aid, dad }] of ledgers) if (key !== ledgerKey(jid, aid, dad)) return key;
      for (const [key, { jid, guid }] of guids) if (key !== pairKey(jid, guid)) return key;
      for (const [key, { jid }] of jobs) if (key !== jid) return key;
      for (const [key, { topic }] of hooks) if (key !== topic) return key;
      return undefined;
    },
  },
  {
    title: 'ids come from the sequences',
    violation: ({ messages, lastMessage, timers, lastTimer }) => {
      const message = messages.last?.message_id ?? 0;
      const timer = timers.last?.timer_id ?? 0;
      return message <= lastMessage && timer <= lastTimer
        ? undefined
        : `message ${message} or timer ${timer}`;
    },
  },
];

/** Surprise: not of the second release, where a duplicate that is delivered twice is taken for its own first delivery. */
export const countdownInvariants: readonly Invariant<LedgerState>[] = [
  ...invariants,
  {
    title: 'a job is reported as over once at most, and has nothing open then',
    violation: ({ jobs }) => {
      const isWrong = ({ completions, status }: Job) =>
        completions > 1 || (completions > 0 && !isOver(status));
      const job = [...jobs.values()].find(isWrong);
      return job && `job ${job.jid} has status ${job.status}, and was reported ${job.completions} times`;
    },
  },
];
