/** The sequence that the documentation of the original works out, digit by digit: by operations alone, and in a job. */
import { describe, expect, it } from 'vitest';
import type { LedgerCommand } from '../../../src/model/activity-ledger/shared/commands.ts';
import {
  begin,
  deliver,
  deploy,
  holds,
  leads,
  ledgerOf,
  place,
  play,
  shown,
  work,
  worker,
} from '../../support/activity-ledger.ts';
import { rowsOf } from '../../support/play.ts';

const enters: LedgerCommand = { type: 'notarize_entry', ...place };
const waits: LedgerCommand = { type: 'authorize_reentry', ...place };
const entersAgain = (guid: string): LedgerCommand => ({ type: 'notarize_reentry', ...place, guid });
const goesOn: LedgerCommand = { type: 'notarize_continuation', ...place };
const ends = (cycle: boolean): LedgerCommand => ({ type: 'notarize_completion', ...place, cycle });
const endsAtOnce = (cycle: boolean): LedgerCommand => ({
  ...{ type: 'notarize_early_completion', ...place, cycle },
});
const leaves: LedgerCommand = { type: 'notarize_early_exit', ...place };

/** What the ledger is after each of them, and why a message was turned away. */
const after = (...commands: readonly LedgerCommand[]) =>
  play([holds(999_000_000_000_000), ...commands]).results.map((result) => {
    const [row] = rowsOf(result);
    return [shown(Number(row!.value)), row!.fault].filter((part) => part).join(' ');
  });

const begun = ['9 9 9 000000 000000', '8 9 9 000000 000000'];

describe('by operations of the collator', () => {
  it('an activity is entered and left, answers once in between and once for good', () => {
    expect(after(enters, waits, entersAgain('m'), goesOn, entersAgain('n'), ends(false))).toEqual([
      ...begun,
      '8 8 9 000000 000000',
      '8 8 9 000001 000000',
      '8 8 9 000001 000001',
      '8 8 9 000002 000001',
      '8 8 8 000002 000002',
    ]);
  });

  it('one that can be entered again keeps its third digit', () => {
    expect(after(enters, waits, entersAgain('m'), ends(true))).toEqual([
      ...begun,
      ...['8 8 9 000000 000000', '8 8 9 000001 000000', '8 8 9 000001 000001'],
    ]);
  });

  it('one that cycles leaves both legs at once', () => {
    expect(after(enters, leaves)).toEqual([...begun, '8 8 8 000000 000000']);
  });

  it('one that only passes on counts one entry of leg 2 and one exit', () => {
    expect(after(enters, endsAtOnce(false))).toEqual([...begun, '8 8 8 000001 000001']);
    expect(after(enters, endsAtOnce(true))).toEqual([...begun, '8 8 9 000001 000001']);
  });

  it('what is turned away stays counted', () => {
    expect(after(enters, waits, entersAgain('m'), goesOn, entersAgain('m'))).toEqual([
      ...begun,
      ...['8 8 9 000000 000000', '8 8 9 000001 000000', '8 8 9 000001 000001'],
      '8 8 9 000002 000001 duplicate',
    ]);
    expect(after(enters, waits, enters)).toEqual([
      ...begun,
      '8 8 9 000000 000000',
      '7 8 9 000000 000000 duplicate',
    ]);
  });
});

describe('in a job', () => {
  const flow = [deploy([worker('a'), worker('b')], [leads('t', 'a'), leads('a', 'b', 200)]), begin];
  const inJob = (...commands: readonly LedgerCommand[]) => play([...flow, ...commands]).state;
  const ledgerAfter = (...commands: readonly LedgerCommand[]) =>
    shown(ledgerOf(inJob(...commands), 'j', 'a', ',0,0')!);

  it('a trigger begins as an activity that is over', () => {
    expect(shown(ledgerOf(inJob(), 'j', 't', ',0')!)).toBe('8 8 8 000001 000001');
  });

  it('a worker goes through the same numbers', () => {
    const pending = work(2, 'pending', { code: 202, keep: true });
    const script = [
      [deliver(1), '8 8 9 000000 000000'],
      [pending, '8 8 9 000000 000000'],
      [deliver(3), '8 8 9 000001 000001'],
      [work(2), '8 8 9 000001 000001'],
      [deliver(4), '8 8 8 000002 000002'],
    ] as const;
    const numbers = script.map((_, i) => ledgerAfter(...script.slice(0, i + 1).map(([command]) => command)));
    expect(numbers).toEqual(script.map(([, number]) => number));
  });

  it('between two writes of a leg, it is under way', () => {
    const began = deliver(1, { crash_after: 1 });
    expect(ledgerAfter(began)).toBe('8 9 9 000000 000000');
    const answered = [deliver(1), work(2), deliver(3, { crash_after: 1 })];
    expect(ledgerAfter(...answered)).toBe('8 8 9 000001 000000');
  });

  it('messages that come twice are counted, and change nothing else', () => {
    const twice = [deliver(1, { keep: true }), deliver(1)];
    expect(ledgerAfter(...twice)).toBe('7 8 9 000000 000000');
    const answered = [...twice, work(2), deliver(3, { keep: true })];
    expect(ledgerAfter(...answered)).toBe('7 8 8 000001 000001');
    const { ledgers, ...rest } = inJob(...answered);
    const { ledgers: more, ...same } = inJob(...answered, deliver(3, { keep: true }));
    expect([...more.values()].filter((each) => !isIn(each, [...ledgers.values()]))).toEqual([
      { jid: 'j', aid: 'a', dad: ',0,0', value: 788_000_002_000_001 },
    ]);
    // The message has a number for itself, too.
    expect([same.jobs, same.messages]).toEqual([rest.jobs, rest.messages]);
  });
});

const isIn = <T>(one: T, all: readonly T[]) =>
  all.some((each) => JSON.stringify(each) === JSON.stringify(one));
