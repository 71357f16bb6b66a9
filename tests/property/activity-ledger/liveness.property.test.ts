/** If every message is delivered and all work is answered, a job ends; unless a process ends at the wrong moment. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerCommand } from '../../../src/model/activity-ledger/shared/commands.ts';
import type { LedgerState } from '../../../src/model/activity-ledger/shared/state.ts';
import {
  begin,
  deliver,
  deploy,
  leads,
  ledgerOf,
  newMessages,
  play,
  type Step,
  shown,
  withFault,
  work,
  worker,
} from '../../support/activity-ledger.ts';
import { arbitraryPlan, type Plan, runToEnd } from '../../support/activity-ledger-runs.ts';
import { Tally } from '../../support/event-store.ts';
import { expectSame, forAll } from '../../support/for-all.ts';
import { refusalOf, wait } from '../../support/play.ts';

const hasCrashed = ({ result }: Step) => refusalOf(result)?.[0] === 'LED01';

function expectAllOver({ jobs }: LedgerState): void {
  for (const { jid, status, completions } of jobs.values()) {
    expectSame([status, completions], [0, 1], `job ${jid} is over, and told so once`);
  }
}

describe('a job without a cycle', () => {
  it('is over in the end, and so are its children, though messages come up to eight times', () => {
    const tally = new Tally();
    forAll(arbitraryPlan, 400, (plan) => {
      const { state, steps } = runToEnd(plan);
      expectAllOver(state);
      for (const { reached } of steps) for (const each of reached) tally.count(each);
    });
    const kinds = ['leg1/worker', 'leg1/await', 'leg1/hook', 'leg1/signal', 'leg1/passes-on', 'job/severed'];
    const ways = ['leg2/pending', 'leg2/error-of-the-job', 'deliver/duplicate', 'deliver/inactive'];
    tally.expect(10, ...kinds, ...ways, 'tick/woken', 'signal/done', 'job/notified-its-parent');
  });

  it('is over where a process ended before its first write', () => {
    const tally = new Tally();
    forAll(fc.tuple(arbitraryPlan, fc.nat(8)), 200, ([plan, delivery]) => {
      const { state, steps } = runToEnd(plan, { crash: { delivery, after: 0 } });
      expectAllOver(state);
      if (steps.some(hasCrashed)) tally.count('a crash');
    });
    tally.expect(40, 'a crash');
  });

  it('is never over where a process ended between the entry and the exit of leg 1', () => {
    const tally = new Tally();
    forAll(fc.tuple(arbitraryPlan, fc.nat(8), fc.constantFrom(1, 2, 3)), 400, ([plan, delivery, after]) => {
      const { state, steps } = runToEnd(plan, { crash: { delivery, after } });
      const crash = steps.find(hasCrashed);
      const left = crash && [...crash.after.ledgers.values()].find(({ value }) => /^89/.test(String(value)));
      if (!left) return;
      const { status, completions } = state.jobs.get(left.jid)!;
      expectSame([status > 0, completions], [true, 0], `job ${left.jid} is over`);
      tally.count(state.graph.activities.get(left.aid)!.kind);
    });
    tally.expect(3, 'worker', 'await', 'hook');
  });
});

/** Two workers, one after the other, whose messages come as they are sent. */
const sequence: Plan = {
  activities: [worker('a'), worker('b')],
  transitions: [leads('t', 'a'), leads('a', 'b')],
  choices: [{ next: 0, isKept: false }],
  answers: [{ pending: 0, code: 200, last: 'success' }],
};

it('a model that loses a message to an activity breaks the law that jobs end', () => {
  const loses = withFault((should, step) => {
    const lost = newMessages(step).find(({ kind }) => kind === 'transition');
    return lost ? { ...should, messages: should.messages.delete(lost.message_id) } : should;
  });
  expect(() => expectAllOver(runToEnd(sequence, { on: loses }).state)).toThrow('job j is over');
  expectAllOver(runToEnd(sequence).state);
});

/** What becomes of the job. */
function fate({ jobs }: LedgerState, jid = 'j'): string {
  const { status, completions } = jobs.get(jid)!;
  if (completions === 1) return 'over';
  return status === 0 ? 'over, and nobody is told' : `open for ever: ${status}`;
}

describe('which crashes a job survives', () => {
  it.each([
    ['leg 1', 0, ['over', 'open for ever: 1', 'over', 'over']],
    ['leg 2', 1, ['over', 'open for ever: 1', 'open for ever: 1', 'over', 'over']],
    [
      'leg 2 of the last activity',
      3,
      ['over', 'open for ever: 1', 'over, and nobody is told', 'over', 'over'],
    ],
  ])('in %s, by how many writes are done', (_, delivery, fates) => {
    const found = fates.map((__, after) => fate(runToEnd(sequence, { crash: { delivery, after } }).state));
    expect(found).toEqual(fates);
  });

  it('in leg 1 of a sleep, by how many writes are done', () => {
    const sleeps: Plan = {
      ...sequence,
      activities: [{ aid: 'z', kind: 'hook', sleep: 7 }],
      transitions: [leads('t', 'z')],
    };
    const found = [0, 1, 2, 3, 4].map((after) =>
      fate(runToEnd(sleeps, { crash: { delivery: 0, after } }).state),
    );
    const lost = 'open for ever: 1';
    expect(found).toEqual(['over', lost, lost, lost, 'over']);
  });

  it('in its trigger, which is asked again, by how many writes are done', () => {
    const found = [0, 1, 2, 3].map((crash_after) =>
      fate(runToEnd(sequence, { start: [{ ...begin, crash_after } as LedgerCommand, begin] }).state),
    );
    expect(found).toEqual(['over', 'open for ever: 1', 'open for ever: 1', 'over']);
  });
});

/** Nobody has anything left to do. */
const isQuiet = ({ messages, hooks, slots }: LedgerState) =>
  messages.values().length + hooks.size + slots.values().length === 0;

describe('a job is open for ever, and nobody has anything to do,', () => {
  const oneWorker = [deploy([worker('a')], [leads('t', 'a')]), begin];

  it('after a crash between the entry of leg 1 and its commit', () => {
    const { state, results } = play([...oneWorker, deliver(1, { crash_after: 1 }), deliver(1)]);
    expect(results.at(-1)).toEqual({
      ok: true,
      rows: [{ outcome: 'duplicate', value: 799_000_000_000_000 }],
    });
    expect([fate(state), isQuiet(state)]).toEqual(['open for ever: 1', true]);
  });

  it('after a message has come nine times, as the number has lost a digit', () => {
    const times = (count: number) => {
      const again = Array.from({ length: count - 1 }, () => deliver(1, { keep: true }));
      // The ninth is invalid, and an error comes back to the activity.
      const answers = count < 9 ? [work(2), deliver(3)] : [deliver(3), work(2), deliver(4)];
      return play([...oneWorker, ...again, deliver(1), ...answers]).state;
    };
    expect(fate(times(8))).toBe('over');
    expect(shown(ledgerOf(times(8), 'j', 'a', ',0,0')!)).toBe('1 8 8 000001 000001');
    expect([fate(times(9)), isQuiet(times(9))]).toEqual(['open for ever: 1', true]);
    expect(ledgerOf(times(9), 'j', 'a', ',0,0')).toBe(89_000_002_000_000);
  });

  const second: LedgerCommand = { type: 'trigger', flow: 'f', jid: 'k' };

  it('where another one has waited for the same signal before', () => {
    const hook = { aid: 'h', kind: 'hook' as const, topic: 'go' };
    const waiting = [deploy([hook], [leads('t', 'h')]), begin, second, deliver(1), deliver(2)];
    const { state } = play([...waiting, { type: 'signal', topic: 'go' }, deliver(3)]);
    expect([fate(state, 'j'), fate(state, 'k'), isQuiet(state)]).toEqual(['over', 'open for ever: 1', true]);
  });

  it('where another one sleeps up to the same instant, whose process ended before it noted that', () => {
    const sleeping = [deploy([{ aid: 'z', kind: 'hook', sleep: 7 }], [leads('t', 'z')]), begin, second];
    const crashed = [...sleeping, deliver(1, { crash_after: 2 }), deliver(1), deliver(2)];
    const { state } = play([...crashed, wait(100_000), { type: 'tick' }]);
    const fates = [fate(state, 'j'), fate(state, 'k')];
    expect([...fates, isQuiet(state)]).toEqual(['open for ever: 1', 'open for ever: 1', true]);
  });

  it('after a message has come back to a ledger that was left in the middle', () => {
    const { state, results } = play([
      ...oneWorker,
      deliver(1),
      work(2),
      deliver(3, { crash_after: 1 }),
      deliver(3),
    ]);
    expect(results.at(-1)).toEqual({
      ok: true,
      rows: [{ outcome: 'duplicate', value: 889_000_002_000_000 }],
    });
    expect([fate(state), isQuiet(state)]).toEqual(['open for ever: 1', true]);
  });
});
