/** The second ledger: what the first one loses by a crash, it takes up again; its numbers only grow. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countdownUnderTest, incrementUnderTest } from '../../../src/harness/activity-ledger/release.ts';
import { generateTrace } from '../../../src/harness/campaign/generate.ts';
import type { AnyCommand } from '../../../src/harness/contract/command.ts';
import type { LedgerCommand } from '../../../src/model/activity-ledger/shared/commands.ts';
import { type LedgerState, ledgerKey } from '../../../src/model/activity-ledger/shared/state.ts';
import {
  begin,
  deliver,
  deploy,
  jobCommands,
  keyOf,
  leads,
  newMessages,
  type Release,
  type Step,
  withFault,
  withLedger,
  work,
  worker,
} from '../../support/activity-ledger.ts';
import { arbitraryPlan, type Plan, runToEnd } from '../../support/activity-ledger-runs.ts';
import { Tally } from '../../support/event-store.ts';
import { expectSame, forAll, seed } from '../../support/for-all.ts';
import { follow, play, refusalOf } from '../../support/play.ts';

const on = incrementUnderTest;
const hasCrashed = ({ result }: Step) => refusalOf(result)?.[0] === 'LED01';
const statusOf = ({ jobs }: LedgerState) => [jobs.get('j')!.status, jobs.get('j')!.completions];

describe('the same trace on both ledgers: a process ends between the entry of leg 1 and its commit', () => {
  const crashed: readonly LedgerCommand[] = [
    deploy([worker('a')], [leads('t', 'a')]),
    begin,
    deliver(1, { crash_after: 1 }),
    deliver(1),
  ];

  it('the first one never asks a worker', () => {
    const { state } = play(countdownUnderTest, crashed);
    expect(statusOf(state)).toEqual([1, 0]);
    expect(state.messages.values()).toEqual([]);
  });

  it('the second one asks it once, and the job ends', () => {
    const { state } = play(on, [...crashed, work(2), deliver(3)]);
    expect(statusOf(state)).toEqual([0, 1]);
    expect(state.ledgers.get(ledgerKey('j', 'a', ',0,0'))?.value).toBe(202_100_000_000_001);
  });
});

/** Surprise: what triggers a taken name and comes twice is taken for a recovery, so that children begin again. */
const withOneChildEach = arbitraryPlan.map((plan): Plan => {
  const isOnce = !plan.activities.some(({ kind }) => kind === 'await');
  return isOnce ? plan : { ...plan, answers: plan.answers.map((each) => ({ ...each, pending: 0 })) };
});

describe('a job without a cycle is over in the end', () => {
  const expectAllOver = ({ jobs }: LedgerState) => {
    for (const { jid, status, completions } of jobs.values())
      expectSame([status, completions], [0, 1], `job ${jid} is over, and told so once`);
  };

  it('though a process ends after any of its writes', () => {
    const tally = new Tally();
    const crash = fc.record({ delivery: fc.nat(12), after: fc.nat(5) });
    forAll(fc.tuple(withOneChildEach, crash), 400, ([plan, planned]) => {
      const { state, steps } = runToEnd(plan, { crash: planned, on });
      expectAllOver(state);
      tally.count(steps.some(hasCrashed) ? 'a crash' : 'no crash');
    });
    tally.expect(40, 'a crash', 'no crash');
  });

  it('wherever its trigger crashes, and whoever asks again by the same message', () => {
    const plan: Plan = {
      activities: [worker('a'), worker('b')],
      transitions: [leads('t', 'a'), leads('a', 'b')],
      choices: [{ next: 0, isKept: false }],
      answers: [{ pending: 0, code: 200, last: 'success' }],
    };
    for (const crash_after of [0, 1, 2, 3]) {
      const asked: LedgerCommand = { ...(begin as object), guid: 'm' } as LedgerCommand;
      expectAllOver(runToEnd(plan, { on, start: [{ ...asked, crash_after } as LedgerCommand, asked] }).state);
    }
  });
});

type Law = (steps: readonly Step[], tally: Tally) => void;

const onlyGrows: Law = (steps, tally) => {
  for (const { before, after } of steps) {
    for (const ledger of after.ledgers.values()) {
      const { jid, aid, dad, value } = ledger;
      const was = before.ledgers.get(ledgerKey(jid, aid, dad))?.value;
      // What was scrubbed leaves its name to the next job, of another generation.
      const isOfBefore = before.jobs.get(jid)?.gid === after.jobs.get(jid)?.gid;
      if (was === undefined || was === value || !isOfBefore) continue;
      expectSame(value > was, true, `${keyOf(ledger)} goes from ${was} to ${value}`);
      tally.count('grows');
    }
  }
};

const workOnce: Law = (steps, tally) => {
  const asked = new Set<string>();
  for (const step of steps) {
    for (const message of newMessages(step)) {
      if (message.kind !== 'work' && message.kind !== 'await') continue;
      const key = `${message.gid} ${keyOf(message)}`;
      expectSame(asked.has(key), false, `the work of ${key} is asked for twice`);
      asked.add(key);
      tally.count('work');
    }
  }
};

/** Each with a fault that it notices. */
const laws: Readonly<
  Record<string, { law: Law; meets: string; fault: (should: LedgerState, step: Step) => LedgerState }>
> = {
  'its numbers only grow': {
    law: onlyGrows,
    meets: 'grows',
    fault: (should, { before }) => {
      const grown = [...should.ledgers.values()].find(({ jid, aid, dad, value }) => {
        const was = before.ledgers.get(ledgerKey(jid, aid, dad))?.value;
        return was !== undefined && was < value;
      });
      return grown ? withLedger(should, grown, grown.value - 2_000_000_000_000) : should;
    },
  },
  'the work of leg 1 is asked for once, whatever crashes': {
    law: workOnce,
    meets: 'work',
    fault: (should, step) => {
      const asked = newMessages(step).find(({ kind }) => kind === 'work');
      if (!asked) return should;
      const message_id = should.lastMessage + 1;
      const messages = should.messages.set(message_id, { ...asked, message_id, guid: `g${message_id}` });
      return { ...should, messages, lastMessage: message_id };
    },
  },
};

describe('along random traces of jobs', () => {
  const adapt = (command: AnyCommand) =>
    jobCommands.has(command.type) ? (command as LedgerCommand) : undefined;
  const tracesOn = (tested: Release) =>
    Array.from({ length: 60 }, (_, index) =>
      follow(tested, generateTrace(on, { seed, index, maxCommands: 60, adapt })),
    );

  it.each(Object.entries(laws))('%s', (_, { law, meets, fault }) => {
    const tally = new Tally();
    for (const [index, steps] of tracesOn(on).entries()) {
      try {
        law(steps, tally);
      } catch (cause) {
        throw new Error(`replay with PGTWIN_SEED=${seed} (sample ${index})`, { cause });
      }
    }
    tally.expect(20, meets);
    expect(() => {
      for (const steps of tracesOn(withFault(fault, on))) law(steps, new Tally());
    }).toThrow();
  });
});
