/** The present ledger in words: fifteen digits that only grow. */
import {
  attemptsOf,
  entriesOf,
  hasLeg1Ended,
  isFinalized,
  mostAttempts,
  mostEntries,
  triggerSeed,
  verifyInteger,
  weights,
} from '../../../model/activity-ledger/increment/verification.ts';
import { type Explanation, explanationOf, type NextMessage, times } from './explanation.ts';

const outcomes: Readonly<Record<string, string>> = {
  duplicate: 'it is put away, since leg 1 has ended',
  missing: 'it is turned away, since the activity was never entered',
  forbidden: 'it is turned away, since leg 1 has not ended',
  inactive: 'it is turned away, since the activity is closed, unless it was let in before',
};
const full = 'it is turned away, since the counter has no room';

function nextOf(value: number): readonly NextMessage[] {
  const isFull = attemptsOf(value) === mostAttempts;
  const first = isFull ? value : value + weights.leg1Entry;
  const isFullAfter = entriesOf(value) === mostEntries;
  const second = isFullAfter ? value : value + weights.leg2Entry;
  const begun = verifyInteger(first, 1, 'enter');
  const answered = verifyInteger(second, 2, 'enter');
  return [
    {
      message: 'A message that begins the activity',
      becomes: BigInt(first),
      outcome: isFull ? full : begun === null ? 'leg 1 is carried out' : outcomes[begun]!,
    },
    {
      message: 'A message that comes back to it',
      becomes: BigInt(second),
      outcome: isFullAfter
        ? full
        : answered === null
          ? 'it is let in; what it did before is not done again'
          : outcomes[answered]!,
    },
  ];
}

export function explainIncrement(value: number): Explanation {
  const digits = value < 0 ? String(value) : String(value).padStart(15, '0');
  const next = nextOf(value);
  const explain = (isStuck: Explanation['isStuck'], ...says: string[]) =>
    explanationOf({ release: 'increment', value, digits, says, next, isStuck });
  if (value < 0 || digits.length > 15)
    return explain('yes', 'No series of operations leads to this number: it only grows.');
  if (value === triggerSeed) return explain('no', 'It is what a trigger begins with: it is over at once.');
  if (value === 0) return explain('no', 'Leg 1 was not entered yet.');
  const attempts = attemptsOf(value);
  const entries = entriesOf(value);
  const isOdd = value >= weights.finalize + weights.finalize / 2 || digits.slice(4, 7) !== '000';
  if (!hasLeg1Ended(value)) {
    if (isOdd || isFinalized(value)) return explain('yes', 'No series of operations leads to this number.');
    // A signal is for the first hook with its topic, also where another one waits.
    if (attempts === 0)
      return explain(
        'no',
        'Leg 1 was not entered yet.',
        `Leg 2 was entered ${times(entries)}. Each of these messages came too early, and was turned away.`,
      );
    return explain(
      attempts === mostAttempts ? 'yes' : 'no',
      `Leg 1 was entered ${times(attempts)}, and has not ended.`,
      attempts === mostAttempts
        ? 'It cannot be entered again: the counter has no room.'
        : 'After a crash, the next message carries it out again.',
    );
  }
  if (attempts === 0 || isOdd) return explain('yes', 'No series of operations leads to this number.');
  const says = [`Leg 1 has ended. It was entered ${times(attempts)}.`];
  if (entries > 0) says.push(`Leg 2 was entered ${times(entries)}, counting messages that came again.`);
  if (isFinalized(value)) says.push('The activity is closed: one of its messages has ended the job.');
  else {
    says.push('Leg 2 is open. How far each message has come, its own number says, and not this one.');
    if (entries > 0)
      says.push('An activity whose answer has come stays open, so that a second answer counts as well.');
  }
  return explain('no', ...says);
}
