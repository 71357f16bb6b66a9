/** The next command of a random trace, and when it comes. */
import type { Arbitrary } from 'fast-check';
import type { LedgerCommand } from '../../../model/activity-ledger/shared/commands.ts';
import type { LedgerState } from '../../../model/activity-ledger/shared/state.ts';
import type { GenerationContext } from '../../contract/campaign.ts';
import { fc } from '../../contract/fast-check.ts';
import { countdownCommand } from './countdown.ts';
import { incrementCommand } from './increment.ts';
import { jobCommand } from './jobs.ts';
import { pureCommand } from './pure.ts';

/** Some samples are of ledgers alone, in which no job is in the way. */
const ledgersAlone = 0.3;

type Release = 'countdown' | 'increment';

export const arbitraryEntryOf =
  (release: Release) =>
  ({ state, now, character }: GenerationContext<LedgerState>) =>
    fc.record({
      wait: arbitraryWait(state, now),
      command: arbitraryCommand(release, state, now, character),
    });

function arbitraryCommand(
  release: Release,
  state: LedgerState,
  now: number,
  character: number,
): Arbitrary<LedgerCommand> {
  const ledgerCommand = release === 'countdown' ? countdownCommand : incrementCommand;
  const isAlone = character < ledgersAlone;
  return fc.oneof(
    { weight: isAlone ? 24 : 4, arbitrary: ledgerCommand(state) },
    { weight: isAlone ? 8 : 1, arbitrary: pureCommand(state) },
    { weight: isAlone ? 0 : 36, arbitrary: jobCommand(state, now, character) },
  );
}

/** Milliseconds: mostly none, else around the moment when somebody wakes up, or a job expires. */
function arbitraryWait({ timers, jobs, hooks }: LedgerState, now: number): Arbitrary<number> {
  const moments = [
    ...timers.values().map(({ due }) => due),
    ...[...jobs.values()].map(({ expires_at }) => expires_at ?? 0),
    ...[...hooks.values()].map(({ expires_at }) => expires_at),
  ]
    .map((moment) => moment - now)
    .filter((wait) => wait >= 0);
  const next = moments.length === 0 ? 1000 : Math.min(...moments);
  return fc.oneof(
    { weight: 120, arbitrary: fc.constant(0) },
    { weight: 10, arbitrary: fc.constantFrom(1, 700, 2500) },
    { weight: 15, arbitrary: fc.constantFrom(Math.max(0, next - 1), next, next + 1) },
    { weight: 1, arbitrary: fc.constantFrom(3_599_999, 3_600_000, 4_000_000) },
  );
}
