/** The first ledger in words. Its digits fall from 9, and its two counters grow. */
import { entry, verifyInteger } from '../../../model/activity-ledger/countdown/verification.ts';
import { type Explanation, explanationOf, type NextMessage, times } from './explanation.ts';

const seed = 999_000_000_000_000;
const reentry = 1_000_000;

const present = 'A number of the present ledger can look so as well: explain it with the release increment.';
const letIn = 'the activity begins';
const outcomes: Readonly<Record<string, string>> = {
  duplicate: 'it is turned away as a duplicate',
  invalid: 'it is turned away as invalid, and an error comes back to the activity',
  missing: 'it is turned away, since the activity was never made ready, and an error comes back to it',
  forbidden: 'it is turned away as forbidden: the number says that leg 1 has not ended',
  inactive: 'it is turned away as inactive: the number says that leg 2 has ended',
};

function nextOf(value: number): readonly NextMessage[] {
  const first = value + entry;
  const second = value + reentry;
  const begun = verifyInteger(first, 1, 'enter');
  const answered = verifyInteger(second, 2, 'enter');
  return [
    {
      message: 'A message that begins the activity',
      becomes: BigInt(first),
      outcome: begun === null ? letIn : outcomes[begun]!,
    },
    {
      message: 'A message that comes back to it, and did not come before,',
      becomes: BigInt(second),
      outcome: answered === null ? 'it is let in' : outcomes[answered]!,
    },
  ];
}

export function explainCountdown(value: number): Explanation {
  const digits = String(value);
  const next = nextOf(value);
  const explain = (isStuck: Explanation['isStuck'], ...says: string[]) =>
    explanationOf({ release: 'countdown', value, digits, says, next, isStuck });
  if (digits.length !== seed.toString().length || value < 0) return ofOddLength(value, explain);

  const [begun, left, over] = [0, 1, 2].map((place) => 9 - Number(digits.charAt(place))) as [
    number,
    number,
    number,
  ];
  const entries = Number(digits.slice(3, 9));
  const exits = Number(digits.slice(9));
  const unequal = entries - exits;
  const other = digits.charAt(0) <= '2' ? [present] : [];
  if (left === 0 && over === 0 && exits === 0 && (begun > 0 || entries === 0)) {
    if (begun === 0) return explain('no', 'It was made ready. Leg 1 was not entered yet.', ...other);
    const again = begun - 1;
    return explain(
      'unless',
      'Leg 1 was entered, and has not ended: it is under way, or whoever began it has crashed.',
      ...(again > 0
        ? [`A message to begin it came ${times(again)} more, and was turned away as a duplicate.`]
        : []),
      ...(entries > 0 ? [turnedAway(entries, 'Before that')] : []),
      'After a crash, nobody takes it up: each message that begins it again is a duplicate.',
      ...other,
    );
  }
  if (begun === 0 && left === 0 && over === 0 && exits === 0)
    return explain(
      'yes',
      'It was made ready. Leg 1 was not entered yet, but something came back, and was turned away.',
      'The first message that begins it will be invalid, as the number is another one by then.',
    );
  if (left === 0 || begun === 0 || exits > entries || left > 1 || over > 1)
    return explain(
      'yes',
      'No series of operations leads to this number, unless a counter has overflowed.',
      ...other,
    );

  const says = [`Leg 1 was entered and left.`];
  if (begun > 1)
    says.push(`A message to begin it came ${times(begun - 1)} more, and was turned away as a duplicate.`);
  if (entries > 0)
    says.push(
      `Leg 2 was entered ${times(entries)}, and ${exits === 0 ? 'never left' : `left ${times(exits)}`}.`,
    );
  if (over > 0) {
    says.push(
      exits === 0
        ? 'The activity is over: it led back to another one.'
        : 'The activity is over: leg 2 has ended, or there was none to wait for.',
    );
    if (unequal > 0) says.push(turnedAway(unequal, 'After that'));
    return explain('no', ...says, ...other);
  }
  if (unequal > 0) {
    says.push(
      `${unequal === 1 ? 'One entry has' : `${unequal} entries have`} not been left: each is under way, was a duplicate, or its process has crashed.`,
      'After a crash, the same message is turned away as a duplicate. Another one is let in.',
    );
    return explain('unless', ...says, ...other);
  }
  says.push(
    entries === 0 ? 'It waits for what comes back.' : 'It waits for the next message that comes back.',
  );
  return explain('no', ...says, ...other);
}

/** Of messages that came back too early or too late. */
const turnedAway = (count: number, when: string): string =>
  count === 1
    ? `${when}, one message was turned away. It stays counted.`
    : `${when}, ${count} messages were turned away. They stay counted.`;

type Explain = (isStuck: Explanation['isStuck'], ...says: string[]) => Explanation;

function ofOddLength(value: number, explain: Explain): Explanation {
  if (value === 0) return explain('yes', 'Nothing was written for this activity.');
  if (value < 0)
    return explain(
      'yes',
      'It is negative: the activity was entered without having been made ready, or more than nine times.',
      'Digits are read from the left as they are written, the minus sign first.',
    );
  if (value < seed && value % 1_000_000_000_000 !== 0 && value < 1_000_000_000_000)
    return explain(
      'yes',
      'It has too few digits: what waits came back to an activity that was never made ready.',
      'Digits are read from the left as they are written, so each is taken for another one.',
    );
  if (value > seed)
    return explain(
      'yes',
      `It has ${String(value).length} digits, and not fifteen. No series of operations leads to it.`,
    );
  return explain(
    'yes',
    `It has ${String(value).length} digits, and not fifteen.`,
    'As a number of countdown, leg 1 was entered more often than a digit can count, and digits are taken for others.',
    present,
  );
}
