/** What `explain` says of a number that somebody has found in a store. */
import { format } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countdownUnderTest, incrementUnderTest } from '../../../src/harness/activity-ledger/release.ts';
import {
  explain,
  type LedgerRelease,
  LedgerValueError,
} from '../../../src/harness/activity-ledger/twin/index.ts';
import { generateTrace } from '../../../src/harness/campaign/generate.ts';
import type { AnyCommand } from '../../../src/harness/contract/command.ts';
import type { LedgerCommand } from '../../../src/model/activity-ledger/shared/commands.ts';
import { ledgerKey } from '../../../src/model/activity-ledger/shared/state.ts';
import { holds, jobCommands, newStage, place } from '../../support/activity-ledger.ts';
import { textOf } from '../../support/documents.ts';
import { Tally } from '../../support/event-store.ts';
import { forAll, seed } from '../../support/for-all.ts';
import { follow, rowsOf } from '../../support/play.ts';

/** What is found, what each next message would make of it, and whether it is stuck. */
type Row = [
  value: bigint,
  isStuck: 'no' | 'unless' | 'yes',
  says: RegExp,
  begins: [becomes: bigint, outcome: RegExp],
  comesBack: [becomes: bigint, outcome: RegExp],
];

const isAsTold =
  (release: LedgerRelease) =>
  (...[value, isStuck, says, begins, comesBack]: Row) => {
    const told = explain(value, { release });
    expect([told.release, told.value, told.isStuck]).toEqual([release, value, isStuck]);
    expect(told.says.join(' ')).toMatch(says);
    expect(told.next.map(({ becomes }) => becomes)).toEqual([begins[0], comesBack[0]]);
    expect(told.next[0]!.outcome).toMatch(begins[1]);
    expect(told.next[1]!.outcome).toMatch(comesBack[1]);
    for (const each of [told.digits, release, ...told.says, ...told.next.map(({ outcome }) => outcome)])
      expect(told.text).toContain(each);
  };

const duplicate = /turned away as a duplicate/;
const invalid = /turned away as invalid/;
const letIn = /^it is let in/;
const notEnded = /leg 1 has not ended/;
const ended = /leg 2 has ended/;

describe('of the first ledger', () => {
  it.each<Row>([
    [
      999_000_000_000_000n,
      ...(['no', /made ready\. Leg 1 was not entered yet/] as const),
      [899_000_000_000_000n, /the activity begins/],
      [999_000_001_000_000n, notEnded],
    ],
    [
      899_000_000_000_000n,
      ...(['unless', /Leg 1 was entered, and has not ended.*After a crash, nobody takes it up/] as const),
      [799_000_000_000_000n, duplicate],
      [899_000_001_000_000n, notEnded],
    ],
    [
      799_000_000_000_000n,
      ...(['unless', /came once more, and was turned away as a duplicate/] as const),
      [699_000_000_000_000n, duplicate],
      [799_000_001_000_000n, notEnded],
    ],
    [
      889_000_000_000_000n,
      ...(['no', /entered and left\. It waits for what comes back/] as const),
      [789_000_000_000_000n, duplicate],
      [889_000_001_000_000n, letIn],
    ],
    [
      889_000_001_000_000n,
      ...(['unless', /entered once, and never left\. One entry has not been left/] as const),
      [789_000_001_000_000n, duplicate],
      [889_000_002_000_000n, letIn],
    ],
    [
      889_000_001_000_001n,
      ...(['no', /entered once, and left once\. It waits for the next message/] as const),
      [789_000_001_000_001n, duplicate],
      [889_000_002_000_001n, letIn],
    ],
    [
      888_000_002_000_002n,
      ...(['no', /entered twice, and left twice\. The activity is over: leg 2 has ended/] as const),
      [788_000_002_000_002n, duplicate],
      [888_000_003_000_002n, ended],
    ],
    [
      888_000_005_000_002n,
      ...(['no', /After that, 3 messages were turned away/] as const),
      [788_000_005_000_002n, duplicate],
      [888_000_006_000_002n, ended],
    ],
    [
      888_000_000_000_000n,
      ...(['no', /over: it led back to another one/] as const),
      [788_000_000_000_000n, duplicate],
      [888_000_001_000_000n, ended],
    ],
    [
      199_000_000_000_000n,
      ...(['unless', /7 times more.*number of the present ledger can look so/] as const),
      [99_000_000_000_000n, invalid],
      [199_000_001_000_000n, notEnded],
    ],
    [
      89_000_002_000_000n,
      ...(['yes', /has 14 digits, and not fifteen/] as const),
      [-10_999_998_000_000n, invalid],
      [89_000_003_000_000n, notEnded],
    ],
    [
      1_000_000n,
      ...(['yes', /too few digits.*never made ready/] as const),
      [-99_999_999_000_000n, invalid],
      [2_000_000n, ended],
    ],
    [
      -100_000_000_000_000n,
      ...(['yes', /negative: the activity was entered without having been made ready/] as const),
      [-200_000_000_000_000n, invalid],
      [-99_999_999_000_000n, notEnded],
    ],
    [
      0n,
      ...(['yes', /Nothing was written for this activity/] as const),
      [-100_000_000_000_000n, /never made ready/],
      [1_000_000n, ended],
    ],
    [
      879_000_000_000_000n,
      ...(['yes', /No series of operations leads to this number, unless a counter/] as const),
      [779_000_000_000_000n, duplicate],
      [879_000_001_000_000n, letIn],
    ],
  ])('%d', isAsTold('countdown'));

  it('which is the one that is meant where nobody says which', () => {
    expect(explain(889_000_001_000_001n)).toEqual(explain(889_000_001_000_001n, { release: 'countdown' }));
  });

  it('as a text for a person', () => {
    expect(explain(889_000_001_000_000n).text).toBe(
      [
        '889000001000000 (countdown)',
        '  Leg 1 was entered and left.',
        '  Leg 2 was entered once, and never left.',
        '  One entry has not been left: each is under way, was a duplicate, or its process has crashed.',
        '  After a crash, the same message is turned away as a duplicate. Another one is let in.',
        '  It is stuck unless somebody works on it right now.',
        '  A message that begins the activity makes it 789000001000000: it is turned away as a duplicate',
        '  A message that comes back to it, and did not come before, makes it 889000002000000: it is let in',
      ].join('\n'),
    );
  });
});

describe('of the present ledger', () => {
  const carriedOut = /leg 1 is carried out/;
  const putAway = /put away, since leg 1 has ended/;
  const noRoom = /the counter has no room/;
  it.each<Row>([
    [0n, ...(['no', /Leg 1 was not entered yet/] as const), [1_000_000_000_000n, carriedOut], [1n, notEnded]],
    [
      1_000_000_000_000n,
      ...([
        'no',
        /entered once, and has not ended\. After a crash, the next message carries it out/,
      ] as const),
      [2_000_000_000_000n, carriedOut],
      [1_000_000_000_001n, notEnded],
    ],
    [
      99_000_000_000_000n,
      ...(['yes', /entered 99 times.*cannot be entered again/] as const),
      [99_000_000_000_000n, noRoom],
      [99_000_000_000_001n, notEnded],
    ],
    [
      1_100_000_000_000n,
      ...(['no', /Leg 1 has ended\. It was entered once\. Leg 2 is open/] as const),
      [2_100_000_000_000n, putAway],
      [1_100_000_000_001n, letIn],
    ],
    [
      2_100_000_000_002n,
      ...(['no', /entered twice\. Leg 2 was entered twice, counting messages that came again/] as const),
      [3_100_000_000_002n, putAway],
      [2_100_000_000_003n, letIn],
    ],
    [
      1_100_099_999_999n,
      ...(['no', /entered 99999999 times/] as const),
      [2_100_099_999_999n, putAway],
      [1_100_099_999_999n, noRoom],
    ],
    [
      203_100_000_000_004n,
      ...(['no', /closed: one of its messages has ended the job/] as const),
      [204_100_000_000_004n, putAway],
      [203_100_000_000_005n, /closed, unless it was let in before/],
    ],
    [
      101_100_000_000_001n,
      ...(['no', /what a trigger begins with/] as const),
      [102_100_000_000_001n, putAway],
      [101_100_000_000_002n, letIn],
    ],
    [
      5n,
      ...([
        'no',
        /Leg 1 was not entered yet. Leg 2 was entered 5 times. Each of these messages came too early/,
      ] as const),
      [1_000_000_000_005n, carriedOut],
      [6n, notEnded],
    ],
    [
      20_000_000_005n,
      ...(['yes', /No series of operations leads to this number/] as const),
      [1_020_000_000_005n, carriedOut],
      [20_000_000_006n, notEnded],
    ],
    [
      -1n,
      ...(['yes', /No series of operations leads to this number: it only grows/] as const),
      [999_999_999_999n, /never entered/],
      [0n, notEnded],
    ],
  ])('%d', isAsTold('increment'));

  it('with as many zeros in front as it takes', () => {
    expect(explain(1_100_000_000_001n, { release: 'increment' }).text).toMatch(
      /^001100000000001 \(increment\)\n[\s\S]* makes it 002100000000001: /,
    );
  });
});

describe('the page about it', async () => {
  const page = await textOf('docs/activity-ledger.md');

  it('shows what it prints', () => {
    const [, shown] = /```text\n(889000001000000 [\s\S]*?)\n```/.exec(page) ?? [];
    expect(shown).toBe(explain(889_000_001_000_000n).text);
  });

  it('has a program that prints what its comments say', () => {
    const [, program = ''] =
      /```ts\nimport \{ explain \} from 'pgtwin\/activity-ledger';\n([\s\S]*?)```/.exec(page) ?? [];
    const printed: string[] = [];
    const log = (value: unknown) => printed.push(format(value));
    new Function('explain', 'console', program)(explain, { log });
    const said = [...program.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)].map(([, comment]) => comment);
    expect(said.length).toBeGreaterThan(2);
    expect(printed).toEqual(said);
  });
});

describe('what is given', () => {
  it.each([
    ['a text', '889000001000001'],
    ['a text with spaces around it', ' 889000001000001\n'],
    ['a number', 889_000_001_000_001],
    ['a bigint', 889_000_001_000_001n],
  ])('can be %s', (_, value) => {
    expect(explain(value).value).toBe(889_000_001_000_001n);
  });

  it.each<[unknown, RegExp]>([
    [1.5, /expected a whole number, not 1\.5/],
    [Number.NaN, /expected a whole number, not NaN/],
    [1e20, /may have been rounded: give a bigint, such as 889000001000001n, or a text/],
    [2 ** 53 + 1, /may have been rounded/],
    [2n ** 53n, /is no ledger's number/],
    [-(2n ** 53n), /is no ledger's number/],
    ['12345678901234567890', /12345678901234567890 is no ledger's number/],
    ['abc', /expected a whole number such as 889000001000001, not "abc"/],
    ['', /expected a whole number such as 889000001000001, not ""/],
    ['1e15', /not "1e15"/],
    ['889_000', /not "889_000"/],
    ['x'.repeat(500), /not "x{60}"$/],
    [null, /expected a bigint, a text or a number/],
    [{}, /expected a bigint, a text or a number, not object/],
  ])('cannot be %s', (value, message) => {
    const given = () => explain(value as bigint);
    expect(given).toThrow(LedgerValueError);
    expect(given).toThrow(message);
  });

  it('cannot be of a release that is not there', () => {
    const given = () => explain(1n, { release: '0.3' as LedgerRelease });
    expect(given).toThrow(LedgerValueError);
    expect(given).toThrow('unknown release "0.3": expected countdown or increment');
  });
});

/** One that says of a ledger that is there that it cannot be. */
const unlikely = /^No series of operations leads to this number/;
const saysUnlikely = (value: number, release: LedgerRelease) =>
  explain(value, { release }).says.some((each) => unlikely.test(each));

const guids = ['m', 'n', 'o', 'p', 'q'];
const draws = fc.array(fc.nat(1000), { minLength: 1, maxLength: 40 });

/** Each operation that may come next, by what came before. */
const legal = {
  countdown: () => {
    let [entries, isLeft, isOver, open] = [0, false, false, 0];
    const at = (type: string, more: object = {}) => ({ type, ...place, ...more }) as LedgerCommand;
    return {
      start: [holds(999_000_000_000_000)],
      next: (draw: number): LedgerCommand => {
        const cycle = draw % 5 === 0;
        // Nobody is answered before leg 1 is left.
        if (entries === 0 || (!isLeft && draw % 4 === 0)) {
          entries++;
          return at('notarize_entry');
        }
        if (!isLeft) {
          isLeft = true;
          if (draw % 7 < 4) return at('authorize_reentry');
          isOver = draw % 7 === 6 || !cycle;
          return draw % 7 === 6 ? at('notarize_early_exit') : at('notarize_early_completion', { cycle });
        }
        if (open === 0 || draw % 3 === 0)
          return draw % 6 === 0
            ? at('notarize_entry')
            : at('notarize_reentry', { guid: guids[draw % guids.length]! });
        open--;
        if (draw % 3 === 1 || isOver) return at('notarize_continuation');
        isOver = !cycle;
        return at('notarize_completion', { cycle });
      },
      came: (row: Record<string, unknown>, { type }: LedgerCommand) => {
        if (type === 'notarize_reentry' && row.fault === null) open++;
      },
    };
  },
  increment: () => {
    let [entries, isLeft] = [0, false];
    const at = (type: string, more: object = {}) => ({ type, ...place, ...more }) as LedgerCommand;
    return {
      start: [],
      next: (draw: number): LedgerCommand => {
        if (entries === 0 || draw % 4 === 0) {
          entries++;
          return at('notarize_leg1_entry');
        }
        if (!isLeft) {
          isLeft = true;
          return at('notarize_leg1_completion', { cycle: draw % 5 === 0 });
        }
        return at('notarize_leg2_entry', { guid: guids[draw % guids.length]! });
      },
      came: () => {},
    };
  },
} as const;

const underTest = { countdown: countdownUnderTest, increment: incrementUnderTest };

describe.each(['countdown', 'increment'] as const)('of each number of %s that can be there', (release) => {
  it('it does not say that it cannot: by operations, one after the other', () => {
    const tally = new Tally();
    forAll(draws, 400, (drawn) => {
      const stage = newStage(underTest[release]);
      const { start, next, came } = legal[release]();
      for (const command of start) stage.execute(command);
      for (const draw of drawn) {
        const command = next(draw);
        const { result, after } = stage.execute(command);
        came(rowsOf(result)[0]!, command);
        const { value } = after.ledgers.get(ledgerKey(place.jid, place.aid, place.dad))!;
        expect(saysUnlikely(value, release), String(value)).toBe(false);
        tally.count(explain(value, { release }).isStuck);
      }
    });
    tally.expect(20, ...(release === 'countdown' ? ['no', 'unless'] : ['no']));
  });

  it('it does not say that it cannot: along random traces of jobs', () => {
    const adapt = (command: AnyCommand) =>
      jobCommands.has(command.type) ? (command as LedgerCommand) : undefined;
    const tally = new Tally();
    for (let index = 0; index < 600; index++) {
      const trace = generateTrace(underTest[release], { seed, index, maxCommands: 60, adapt });
      for (const { before, after } of follow(underTest[release], trace)) {
        if (before.ledgers === after.ledgers) continue;
        for (const { value } of after.ledgers.values()) {
          expect(saysUnlikely(value, release), `${value} of sample ${index}`).toBe(false);
          tally.count(explain(value, { release }).isStuck);
        }
      }
    }
    tally.expect(10, ...(release === 'countdown' ? ['no', 'unless', 'yes'] : ['no']));
  });
});

describe('of a number to which an error came back before leg 1 was left', () => {
  it('it does not say that it cannot be there: after an activity could not interrupt a job', () => {
    expect(saysUnlikely(899_000_001_000_000, 'countdown')).toBe(false);
  });

  it('it does not say that it cannot be there: after the last entry for which there was room', () => {
    expect(saysUnlikely(99_000_000_000_001, 'increment')).toBe(false);
  });
});
