/** What a number tells whoever has just changed it, at the edges of what it can be. */
import { describe, expect, it } from 'vitest';
import type { LedgerCommand } from '../../../src/model/activity-ledger/shared/commands.ts';
import { holds, place, play } from '../../support/activity-ledger.ts';
import { rowsOf } from '../../support/play.ts';

const onlyRow = (command: LedgerCommand) => rowsOf(play([command]).results[0])[0]!;
const verify = (leg: 1 | 2, stage: 'enter' | 'exit', value: number) =>
  onlyRow({ type: 'verify_integer', value, leg, stage }).fault;

/** A number, what is found in it, and what that means. */
type Row = [value: number, found: string | number | null, meaning: string];

describe('whoever enters leg 1 finds', () => {
  it.each<Row>([
    [899_000_000_000_000, null, 'the number of the first entry'],
    [799_000_000_000_000, 'duplicate', 'that somebody entered before'],
    [199_000_000_000_000, 'duplicate', 'the eighth entry'],
    [99_000_000_000_000, 'invalid', 'the ninth entry, which has lost a digit'],
    [-1_000_000_000_000, 'invalid', 'the tenth, which is negative'],
    [-100_000_000_000_000, 'missing', 'that nobody made the ledger ready'],
    [-200_000_000_000_000, 'invalid', 'the same, once more'],
    [889_000_000_000_000, 'invalid', 'that leg 1 was left without an entry'],
    [899_000_000_000_001, 'invalid', 'one exit too many'],
    [999_000_000_000_000, 'invalid', 'nothing that an entry leaves'],
    [0, 'duplicate', 'a short number by its first digit'],
    [7, 'duplicate', 'a short number by its first digit'],
    [8, 'invalid', 'a short number by its first digit'],
  ])('in %d: %s, %s', (value, fault) => {
    expect(verify(1, 'enter', value)).toBe(fault);
  });
});

describe('whoever leaves leg 1 finds', () => {
  it.each<Row>([
    [889_000_000_000_000, null, 'the number of the first exit'],
    [789_000_000_000_000, null, 'also after a second entry'],
    [879_000_000_000_000, 'duplicate', 'that somebody left before'],
    [-10_000_000_000_000, 'missing', 'that nobody made the ledger ready'],
    [-20_000_000_000_000, 'duplicate', 'the same, once more'],
    [-90_000_000, null, 'a negative number by what follows the sign'],
    [8, 'duplicate', 'no second digit'],
  ])('in %d: %s, %s', (value, fault) => {
    expect(verify(1, 'exit', value)).toBe(fault);
  });
});

describe('whoever enters leg 2 finds', () => {
  it.each<Row>([
    [889_000_001_000_000, null, 'the number of the first entry'],
    [889_999_999_000_000, null, 'the last one for which there is room'],
    [890_000_000_000_000, 'forbidden', 'the millionth, which takes the digit of the exit of leg 1'],
    [999_000_001_000_000, 'forbidden', 'that leg 1 was not entered'],
    [899_000_001_000_000, 'forbidden', 'that leg 1 was not left'],
    [989_000_001_000_000, 'forbidden', 'that leg 1 was left and not entered'],
    [888_000_002_000_001, 'inactive', 'that leg 2 has ended'],
    [789_000_001_000_000, null, 'also after a second entry of leg 1'],
    [1_000_000, 'inactive', 'that nobody made the ledger ready'],
    [-99_999_999_000_000, 'forbidden', 'that leg 1 was entered though nobody had made it ready'],
    [0, 'inactive', 'a short number by its first digit'],
    [9, 'forbidden', 'a short number by its first digit'],
  ])('in %d: %s, %s', (value, fault) => {
    expect(verify(2, 'enter', value)).toBe(fault);
  });

  it.each<Row>([
    [1_000_000, null, 'that it is the first time'],
    [2_000_000, 'duplicate', 'that the message came before'],
    [1_999_999, 'inactive', 'that something was added which no operation adds'],
    [1_999_990, null, 'nothing wrong with any other digit than the last'],
    [3_000_001, 'inactive', 'the last digit first'],
    [0, null, 'nothing wrong with no entry at all'],
    [-10, null, 'nothing wrong with less than that'],
  ])('in the number of its message, %d: %s, %s', (value, fault) => {
    expect(onlyRow({ type: 'verify_synthetic_integer', value }).fault).toBe(fault);
  });
});

it('whoever leaves leg 2 finds nothing wrong, whatever the number', () => {
  for (const value of [889_000_001_000_001, 888_000_001_000_001, 0, -100_000_000_000_000]) {
    expect(verify(2, 'exit', value)).toBeNull();
  }
});

describe('which entry it is', () => {
  it.each<Row>([
    [889_000_001_000_000, 0, 'of the first one'],
    [889_000_002_000_001, 1, 'of the second one'],
    [889_999_999_000_000, 999_998, 'of the last one'],
    [890_000_000_000_000, -1, 'after the carry'],
    [889_000_000_000_000, -1, 'where leg 2 was not entered'],
    [100_000_000, -1, 'of nine digits'],
    [99_999_999, null, 'of eight digits'],
    [-90_000_000, -1, 'of nine characters, one of which is the sign'],
    [1_000_000, null, 'where nobody made the ledger ready'],
  ])('%d: %s, %s', (value, index) => {
    expect(onlyRow({ type: 'get_dimensional_index', value }).index).toBe(index);
  });
});

describe('one after the other', () => {
  /** What comes of each of these. */
  const faults = (start: number, commands: readonly LedgerCommand[]) =>
    play([holds(start), ...commands])
      .results.slice(1)
      .map((result) => rowsOf(result)[0]!.fault);
  const times = (count: number, command: (i: number) => LedgerCommand) =>
    Array.from({ length: count }, (_, i) => command(i));

  it('ten entries of leg 1 are one, seven duplicates, and then invalid', () => {
    const entries = times(10, () => ({ type: 'notarize_entry', ...place }));
    const expected = [null, ...Array(7).fill('duplicate'), 'invalid', 'invalid'];
    expect(faults(999_000_000_000_000, entries)).toEqual(expected);
  });

  it('entries of leg 2 are let in up to the millionth, and none after that', () => {
    const entries = times(3, (i): LedgerCommand => ({ type: 'notarize_reentry', ...place, guid: `m${i}` }));
    expect(faults(889_999_998_000_000, entries)).toEqual([null, 'forbidden', 'forbidden']);
  });

  it('a ledger that nobody made ready is missing once, and then invalid', () => {
    const entries = times(3, () => ({ type: 'notarize_entry', ...place }));
    expect(faults(0, entries)).toEqual(['missing', 'invalid', 'invalid']);
  });
});
