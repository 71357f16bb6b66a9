/** Words for stories about activity ledgers: commands in short, and what a ledger says, digit by digit. */
import { countdownUnderTest } from '../../src/harness/activity-ledger/release.ts';
import type { Flow, LedgerCommand } from '../../src/model/activity-ledger/shared/commands.ts';
import {
  type ActivityLedger,
  type LedgerState,
  ledgerKey,
  type Message,
} from '../../src/model/activity-ledger/shared/state.ts';
import * as general from './play.ts';

export type Step = general.Executed<LedgerState, LedgerCommand>;

export const release = countdownUnderTest;
export type Release = typeof release;
export const newStage = (on: Release = release) => new general.Stage<LedgerState, LedgerCommand>(on);
export type Stage = ReturnType<typeof newStage>;
export const play = (script: readonly (LedgerCommand | general.Wait)[]) => general.play(release, script);

export type Activity = Flow['activities'][number];
export type Transition = Flow['transitions'][number];

export const trigger: Activity = { aid: 't', kind: 'trigger' };
export const worker = (aid: string, more: Partial<Activity> = {}): Activity => ({
  ...{ aid, kind: 'worker', topic: 'do' },
  ...more,
});
export const leads = (from: string, to: string, code?: number): Transition => ({
  ...{ from, to },
  ...(code !== undefined && { code }),
});

/** One flow `f`, whose trigger is `t`. */
export const deploy = (
  activities: readonly Activity[],
  transitions: readonly Transition[],
  others: readonly Flow[] = [],
): LedgerCommand => ({
  type: 'deploy',
  flows: [{ flow: 'f', activities: [trigger, ...activities], transitions: [...transitions] }, ...others],
});
export const begin: LedgerCommand = { type: 'trigger', flow: 'f', jid: 'j' };
export const deliver = (message_id: number, more: object = {}): LedgerCommand => ({
  ...{ type: 'deliver', message_id },
  ...more,
});
export const work = (
  message_id: number,
  status: 'success' | 'pending' | 'error' = 'success',
  more: object = {},
): LedgerCommand => ({ type: 'work', message_id, status, ...more });

/** What is no operation on a ledger. */
export const jobCommands: ReadonlySet<string> = new Set([
  ...['deploy', 'trigger', 'deliver', 'work', 'signal', 'scrub', 'interrupt', 'tick'],
]);

/** Where the ledger is that operations alone are about. */
export const place = { jid: 'j', aid: 'a', dad: ',0' } as const;
export const holds = (amount: number): LedgerCommand => ({ type: 'collate', ...place, amount });

/** The flow of one worker that a child can be. */
export const childFlow: Flow = {
  flow: 'g',
  activities: [{ aid: 'gt', kind: 'trigger' }, worker('ga')],
  transitions: [leads('gt', 'ga')],
};

export const ledgerOf = (state: LedgerState, jid: string, aid: string, dad: string): number | undefined =>
  state.ledgers.get(ledgerKey(jid, aid, dad))?.value;

/** What the digits of a ledger of fifteen digits stand for. */
export interface Digits {
  readonly leg1Entry: number;
  readonly leg1Exit: number;
  readonly leg2Exit: number;
  readonly entries: number;
  readonly exits: number;
}

/** Nothing of a number that has not fifteen digits. */
export function digitsOf(value: number): Digits | undefined {
  const text = String(value);
  if (!/^\d{15}$/.test(text)) return undefined;
  return {
    leg1Entry: Number(text[0]),
    leg1Exit: Number(text[1]),
    leg2Exit: Number(text[2]),
    entries: Number(text.slice(3, 9)),
    exits: Number(text.slice(9)),
  };
}

/** In groups, for people: `8 8 9 000001 000001`. */
export const shown = (value: number): string =>
  String(value).replace(/^(\d)(\d)(\d)(\d{6})(\d{6})$/, '$1 $2 $3 $4 $5');

type Place = Pick<Message, 'jid' | 'aid' | 'dad'>;

/** Where a ledger is, or which one a message is for. */
export const keyOf = ({ jid, aid, dad }: Place): string => `${jid} ${aid} ${dad}`;

/** Messages that are there after a step, and were not before. */
export const newMessages = ({ before, after }: Step): Message[] =>
  after.messages.values().filter(({ message_id }) => message_id > before.lastMessage);

/** With another transition: what the release gives, changed by `change`. */
export const withFault = (
  change: (should: LedgerState, step: Step) => LedgerState,
  on: Release = release,
): Release => ({
  ...on,
  machine: {
    ...on.machine,
    transition: (before, command, circumstances) => {
      const outcome = on.machine.transition(before, command, circumstances);
      const { state: after, ...rest } = outcome;
      return { ...outcome, state: change(after, { before, command, after, ...circumstances, ...rest }) };
    },
  },
});

/** Another number in the place of what a ledger has. */
export const withLedger = (
  state: LedgerState,
  { jid, aid, dad }: ActivityLedger,
  value: number,
): LedgerState => ({
  ...state,
  ledgers: state.ledgers.set(ledgerKey(jid, aid, dad), { jid, aid, dad, value }),
});
