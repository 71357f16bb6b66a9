/**
 * The laws of the first ledger along a trace. Each throws where it does not hold. They look at what jobs do to ledgers: a ledger that an
 * operation alone has changed is left out from then on, as operations can bring a number anywhere.
 */
import {
  type ActivityLedger,
  ledgerKey,
  type Message,
} from '../../src/model/activity-ledger/shared/state.ts';
import { digitsOf, jobCommands, keyOf, newMessages, type Step } from './activity-ledger.ts';
import type { Tally } from './event-store.ts';
import { expectSame } from './for-all.ts';

export type LedgerLaw = (steps: readonly Step[], tally: Tally) => void;

const seed = 999_000_000_000_000;
const triggerSeed = 888_000_001_000_001;

/** What a job did to one of its ledgers. */
interface Change {
  readonly ledger: ActivityLedger;
  /** Undefined where the ledger was not there. */
  readonly was: number | undefined;
  /** Whether it was made ready, for the first time or anew. */
  readonly isReady: boolean;
}

/** Calls with each step, what changed in it, and which ledgers are left out. */
function watch(
  steps: readonly Step[],
  see: (step: Step, changes: readonly Change[], strange: ReadonlySet<string>) => void,
): void {
  const strange = new Set<string>();
  for (const step of steps) {
    const { before, after, command } = step;
    const changes: Change[] = [];
    if (before.ledgers !== after.ledgers) {
      for (const ledger of after.ledgers.values()) {
        const { jid, aid, dad, value } = ledger;
        // What was scrubbed leaves its name to the next job, of another generation.
        const isOfBefore = before.jobs.get(jid)?.gid === after.jobs.get(jid)?.gid;
        const was = isOfBefore ? before.ledgers.get(ledgerKey(jid, aid, dad))?.value : undefined;
        if (was === value) continue;
        if (!jobCommands.has(command.type)) strange.add(keyOf(ledger));
        if (strange.has(keyOf(ledger))) continue;
        // An activity that was answered once has the number that a trigger begins with.
        const isReady = value === seed || (was === undefined && value === triggerSeed);
        changes.push({ ledger, was, isReady });
      }
    }
    see(step, changes, strange);
  }
}

const generationOf = ({ after }: Step, { jid }: Pick<Message, 'jid'>) => after.jobs.get(jid!)?.gid;

const addTo = (counts: Map<string, number>, key: string): number =>
  counts.set(key, (counts.get(key) ?? 0) + 1).get(key)!;

const workOnce: LedgerLaw = (steps, tally) => {
  const asked = new Set<string>();
  watch(steps, (step, _, strange) => {
    for (const message of newMessages(step)) {
      const isWork = message.kind === 'work' || message.kind === 'await';
      if (!isWork || strange.has(keyOf(message))) continue;
      const key = `${message.gid} ${keyOf(message)}`;
      expectSame(asked.has(key), false, `the work of ${key} is asked for twice`);
      asked.add(key);
      tally.count('work');
    }
  });
};

const readyOnce: LedgerLaw = (steps, tally) => {
  const ready = new Set<string>();
  watch(steps, (step, changes) => {
    for (const { ledger, isReady } of changes) {
      if (!isReady) continue;
      const key = `${generationOf(step, ledger)} ${keyOf(ledger)}`;
      expectSame(ready.has(key), false, `${key} is made ready twice`);
      ready.add(key);
      tally.count('is ready');
    }
  });
};

const leg2: ReadonlySet<string> = new Set(['result', 'response', 'timehook', 'webhook']);

/** The message of leg 2 that a step has delivered. */
export function deliveredToLeg2({ before, command }: Pick<Step, 'before' | 'command'>): Message | undefined {
  if (command.type !== 'deliver') return undefined;
  const message = before.messages.get(command.message_id);
  return message && leg2.has(message.kind) ? message : undefined;
}

const exitsOf = (value: number): number => digitsOf(value)?.exits ?? 0;

const onceForEachGuid: LedgerLaw = (steps, tally) => {
  const effective = new Set<string>();
  watch(steps, (step, changes) => {
    const message = deliveredToLeg2(step);
    if (!message) return;
    for (const { ledger, was, isReady } of changes) {
      if (isReady || was === undefined) continue;
      const hasEffect = exitsOf(ledger.value) > exitsOf(was);
      tally.count(hasEffect ? 'a message with effect' : 'a message without');
      if (!hasEffect) continue;
      const key = `${generationOf(step, ledger)} ${message.guid}`;
      expectSame(effective.has(key), false, `${message.guid} has an effect twice`);
      effective.add(key);
    }
  });
};

const noMoreExitsThanEntries: LedgerLaw = (steps, tally) => {
  watch(steps, (_, changes) => {
    for (const { ledger } of changes) {
      const digits = digitsOf(ledger.value);
      if (!digits) continue;
      const { entries, exits } = digits;
      expectSame(exits <= entries, true, `${keyOf(ledger)} has ${ledger.value}`);
      if (exits > 0) tally.count(exits === entries ? 'as many exits' : 'fewer exits');
    }
  });
};

const closedOnce: LedgerLaw = (steps, tally) => {
  watch(steps, ({ after }, changes) => {
    for (const { ledger, was, isReady } of changes) {
      const [now, old] = [digitsOf(ledger.value), was === undefined ? undefined : digitsOf(was)];
      if (isReady || !now || !old) continue;
      const isClosed = now.leg2Exit === 8 && old.leg2Exit === 9;
      const canCycle = after.graph.activities.get(ledger.aid)!.cycle === true;
      const isAllowed = now.leg2Exit === old.leg2Exit || (isClosed && !canCycle);
      expectSame(isAllowed, true, `${keyOf(ledger)} goes from ${was} to ${ledger.value}`);
      if (isClosed) tally.count('closed');
      else if (canCycle && now.exits > old.exits) tally.count('can be entered again');
    }
  });
};

const neverBelowZero: LedgerLaw = (steps, tally) => {
  for (const { before, after, command } of steps) {
    if (before.jobs === after.jobs) continue;
    for (const { jid, status } of after.jobs.values()) {
      if (status >= 0 || (before.jobs.get(jid)?.status ?? 0) < 0) continue;
      const message = command.type === 'deliver' ? before.messages.get(command.message_id) : undefined;
      const kind = after.graph.activities.get(message?.aid ?? '')?.kind;
      const isInterrupted = command.type === 'interrupt' || kind === 'interrupt';
      expectSame(isInterrupted && status < -100_000_000, true, `job ${jid} has status ${status}`);
      tally.count('interrupted');
    }
  }
};

const toldOnce: LedgerLaw = (steps, tally) => {
  const told = new Map<string, number>();
  const results = new Map<string, number>();
  const children = new Map<string, Set<string>>();
  for (const step of steps) {
    const { before, after } = step;
    for (const { jid, gid, parent, completions } of after.jobs.values()) {
      const old = before.jobs.get(jid);
      const times = completions - (old?.gid === gid ? old.completions : 0);
      if (times !== 0) {
        expectSame([times, addTo(told, `${gid} ${jid}`)], [1, 1], `job ${jid} is told ${times} times more`);
        tally.count('over');
      }
      if (parent === null) continue;
      const key = `${parent.gid} ${keyOf(parent)}`;
      children.set(key, (children.get(key) ?? new Set()).add(gid!));
    }
    for (const message of newMessages(step)) {
      if (message.kind !== 'result') continue;
      const key = `${message.gid} ${keyOf(message)}`;
      const times = addTo(results, key);
      // A child that was scrubbed is begun once more where its message comes again.
      expectSame(times <= (children.get(key)?.size ?? 0), true, `${key} is told ${times} times`);
      tally.count('a parent is told');
    }
  }
};

/** By what they say; with what each has to meet on its way, and how often at least. */
export const laws: Readonly<
  Record<string, { readonly law: LedgerLaw; readonly meets: readonly [number, ...string[]] }>
> = {
  'the work of leg 1 is asked for at most once': { law: workOnce, meets: [40, 'work'] },
  'a ledger is made ready once': { law: readyOnce, meets: [40, 'is ready'] },
  'of all deliveries of a message to leg 2, one at most has an effect': {
    law: onceForEachGuid,
    meets: [40, 'a message with effect', 'a message without'],
  },
  'leg 2 is not left more often than it was entered': {
    law: noMoreExitsThanEntries,
    meets: [40, 'as many exits', 'fewer exits'],
  },
  'the third digit falls once, and never where the activity can be entered again': {
    law: closedOnce,
    meets: [10, 'closed', 'can be entered again'],
  },
  'the status of a job is never below 0 unless it was interrupted': {
    law: neverBelowZero,
    meets: [10, 'interrupted'],
  },
  'a job is told to be over once, and so is whoever waits for it': {
    law: toldOnce,
    meets: [20, 'over', 'a parent is told'],
  },
};
