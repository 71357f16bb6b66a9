/** The laws that every engine has, and those of ledgers and jobs; each of them notices a transition that breaks it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateTrace } from '../../../src/harness/campaign/generate.ts';
import type { ActivityLedger, Job, LedgerState } from '../../../src/model/activity-ledger/shared/state.ts';
import {
  digitsOf,
  ledgerOf,
  newMessages,
  release,
  type Step,
  withFault,
  withLedger,
} from '../../support/activity-ledger.ts';
import { deliveredToLeg2, laws } from '../../support/activity-ledger-laws.ts';
import { arbitraryPlan, runToEnd } from '../../support/activity-ledger-runs.ts';
import { Tally } from '../../support/event-store.ts';
import { forAll, seed } from '../../support/for-all.ts';
import { testLaws } from '../../support/laws.ts';
import { follow } from '../../support/play.ts';
import { alongTracesOf } from '../../support/traces.ts';

const alongTraces = alongTracesOf(release);

testLaws(release, alongTraces, new Set());

const arbitraryCrash = fc.record({ delivery: fc.nat(12), after: fc.nat(5) });

describe('along every trace', () => {
  it.each(Object.entries(laws))('%s', (_, { law, meets: [least, ...what] }) => {
    const tally = new Tally();
    alongTraces((steps) => law(steps, tally));
    // Of these, far more get to their end, and each of them meets a crash.
    forAll(fc.tuple(arbitraryPlan, arbitraryCrash), 200, ([plan, crash]) =>
      law(runToEnd(plan, { crash }).steps, tally),
    );
    tally.expect(least, ...what);
  });
});

/** A fault in one transition: the state that it leaves behind, given what it should be. */
type Fault = (should: LedgerState, step: Step) => LedgerState;

type Digits = NonNullable<ReturnType<typeof digitsOf>>;

/** The ledger whose digits are others than before in that way. */
const changed = ({ before, after }: Step, isMeant: (now: Digits, was: Digits) => boolean) =>
  [...after.ledgers.values()].find(({ jid, aid, dad, value }) => {
    const was = digitsOf(ledgerOf(before, jid, aid, dad) ?? 0);
    const now = digitsOf(value);
    return now !== undefined && was !== undefined && isMeant(now, was);
  });

const added = (state: LedgerState, ledger: ActivityLedger | undefined, amount: number) =>
  ledger ? withLedger(state, ledger, ledger.value + amount) : state;

/** The first job that is another than before in that way, changed. */
function withJob(
  should: LedgerState,
  { before }: Step,
  isMeant: (now: Job, was: Job) => boolean,
  to: Partial<Job>,
) {
  const job = [...should.jobs.values()].find((each) => {
    const was = before.jobs.get(each.jid);
    return was && isMeant(each, was);
  });
  return job ? { ...should, jobs: should.jobs.set(job.jid, { ...job, ...to }) } : should;
}

const ready = 999_000_000_000_000;

/** By the title of its law. */
const faults: Readonly<Record<string, Fault>> = {
  'the work of leg 1 is asked for at most once': (should, step) => {
    const work = newMessages(step).find(({ kind }) => kind === 'work');
    if (!work) return should;
    const message_id = should.lastMessage + 1;
    const messages = should.messages.set(message_id, { ...work, message_id, guid: `g${message_id}` });
    return { ...should, messages, lastMessage: message_id };
  },
  'a ledger is made ready once': (should, step) => {
    const answered = changed(step, (now, was) => now.entries > was.entries);
    return answered ? withLedger(should, answered, ready) : should;
  },
  'of all deliveries of a message to leg 2, one at most has an effect': (should, step) =>
    deliveredToLeg2(step)
      ? added(
          should,
          changed(step, (now, was) => now.entries > was.entries && now.exits === was.exits),
          1,
        )
      : should,
  'leg 2 is not left more often than it was entered': (should, step) =>
    added(
      should,
      changed(step, (now, was) => now.exits > was.exits),
      1,
    ),
  'the third digit falls once, and never where the activity can be entered again': (should, step) =>
    added(
      should,
      changed(step, (now, was) => now.exits > was.exits && was.leg2Exit === 9),
      -1_000_000_000_000,
    ),
  'the status of a job is never below 0 unless it was interrupted': (should, step) =>
    withJob(should, step, (now, was) => now.status === 0 && was.status > 0, { status: -1 }),
  'a job is told to be over once, and so is whoever waits for it': (should, step) =>
    withJob(should, step, (now, was) => now.completions > was.completions, { completions: 2 }),
};

describe('a fault in the model is noticed by the law that', () => {
  it('each law has one', () => expect(Object.keys(faults)).toEqual(Object.keys(laws)));

  it.each(Object.entries(faults))('%s', (title, fault) => {
    const faulty = withFault(fault);
    const isBroken = (index: number) => {
      const trace = generateTrace(release, { seed, index, maxCommands: 60 });
      try {
        laws[title]!.law(follow(faulty, trace), new Tally());
        return false;
      } catch {
        return true;
      }
    };
    expect(Array.from({ length: 60 }, (_, index) => index).some(isBroken)).toBe(true);
  });
});
