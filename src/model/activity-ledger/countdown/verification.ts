/** What the first ledger's number tells whoever has just changed it. */
import type { AsDocumented } from '../shared/deviations.ts';
import type { Fault, Leg, Stage } from '../shared/outcome.ts';

/** What the first entry of leg 1 adds. */
export const entry = -100_000_000_000_000;
/** What the exit of leg 1 adds. */
export const exit = -10_000_000_000_000;
/** Whoever enters first finds this. */
const enteredOnce = 899_000_000_000_000;
const secondReentry = 2_000_000;

const nothingDocumented: AsDocumented = new Set();

const minus = 45;
const zero = 48;
const nine = 9;

/**
 * The digit at a place (0 is the first) of the number as it is written, without leading zeros. Surprise: so a number that has lost
 * one is read from the wrong place on. What is beyond the last is less than every digit that is asked for, and a minus sign is not.
 */
function digitAt(text: string, place: number): number {
  if (place >= text.length) return 0;
  const code = text.charCodeAt(place);
  return code === minus ? nine : code - zero;
}

/** Throws nothing: a fault is what the original throws. */
export function verifyInteger(
  value: number,
  leg: Leg,
  stage: Stage,
  documented: AsDocumented = nothingDocumented,
): Fault | null {
  if (leg === 1) return stage === 'enter' ? verifyEntry(value, documented) : verifyExit(value);
  return stage === 'enter' ? verifyReentry(value, documented) : null;
}

function verifyEntry(value: number, documented: AsDocumented): Fault | null {
  if (value === entry) return 'missing';
  if (digitAt(String(value), 0) < 8) return 'duplicate';
  if (value === enteredOnce) return null;
  // Surprise: the ninth entry and later ones leave a number that has lost a digit, or a negative one.
  const isAgain = value < enteredOnce && (enteredOnce - value) % -entry === 0;
  return isAgain && documented.has('the-ninth-entry-is-invalid') ? 'duplicate' : 'invalid';
}

/** What was never left before is missing; what was left twice is a duplicate, however often it was entered. */
function verifyExit(value: number): Fault | null {
  if (value === exit) return 'missing';
  return digitAt(String(value), 1) < 8 ? 'duplicate' : null;
}

function verifyReentry(value: number, documented: AsDocumented): Fault | null {
  const text = String(value);
  if (digitAt(text, 0) === nine || digitAt(text, 1) === nine) {
    // Surprise: the millionth entry takes the digit of the last exit, and so that of the first as well.
    const isCarry = text.length === 15 && text.startsWith('890');
    return isCarry && documented.has('the-millionth-entry-closes-an-activity') ? null : 'forbidden';
  }
  // Surprise: of what nothing was written for, the digits are read at the wrong places.
  if (text.length < 15 && documented.has('a-ledger-without-a-seed-is-inactive')) return 'forbidden';
  return digitAt(text, 2) < nine ? 'inactive' : null;
}

/** Of the number that a message has for itself. */
export function verifySynthetic(value: number): Fault | null {
  const text = String(value);
  if (digitAt(text, text.length - 1) > 0) return 'inactive';
  return value >= secondReentry ? 'duplicate' : null;
}

/**
 * Which entry of leg 2 this is, counted from 0; null for a number of fewer than nine characters. Below 0 where leg 2 was never
 * entered.
 */
export function dimensionalIndex(value: number): number | null {
  const text = String(value);
  return text.length < 9 ? null : Number(text.slice(3, 9)) - 1;
}
