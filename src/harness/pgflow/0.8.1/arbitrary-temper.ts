/** What kind of story a sample tells: its character, read as traits that hold for all of its commands. */

/** Which way steps depend on each other: each on the last, all on the first, none, or any way. */
export type Shape = 'chain' | 'fan' | 'islands' | 'any';

/** Numbers without another word multiply a weight. */
export interface Temper {
  /** A definition that changes while runs are under way. */
  readonly isLate: boolean;
  /** A queue that is dropped and made anew, and counts its messages from 1 again. */
  readonly isRebuilt: boolean;
  /** How many steps a flow gets before it is started: 0 to 10. */
  readonly steps: number;
  /** One flow alone, or several whose queues count the same ids. */
  readonly flows: number;
  readonly runs: number;
  /** How many workers share the work. */
  readonly workers: number;
  readonly shape: Shape;
  /** How much goes wrong: from next to nothing to everything. */
  readonly oddity: number;
  /** How often tasks fail. */
  readonly failures: number;
  /** How often an operator meddles with the queues, if at all. */
  readonly operator: number;
  /** How many of the steps are maps, 0 to 1. */
  readonly maps: number;
  /** How often an array is empty. */
  readonly emptiness: number;
  /** How often a map is given something else than an array. */
  readonly typeFaults: number;
  /** A chain of maps over nothing: so many after each other, the first of them a root or fed by a single step. */
  readonly chain: { readonly root: 'map' | 'single'; readonly maps: number } | undefined;
  /** A run in which nothing goes on any more, or one task at most, its queue dropped, or made anew as well. */
  readonly idle: 'dropped' | 'rebuilt' | 'failing' | undefined;
}

/** From the one number that a sample was given, 0 <= character < 1; each trait has a digit of its own. */
export function temperOf(character: number): Temper {
  const digit = (n: number) => (character * 10 ** n) % 1;
  const isLate = digit(10) < 0.25;
  const kind = isLate ? 0.5 : digit(11);
  const isRebuilt = kind < 0.15;
  const flows = digit(2) < 0.6 ? 1 : digit(2) < 0.92 ? 2 : 3;
  const most = Math.floor(digit(1) * 11);
  return {
    isLate,
    isRebuilt,
    // Of several flows each has few, so that there is room for runs of all of them.
    steps: isLate ? 4 : isRebuilt ? 3 : flows > 1 ? Math.min(most, 4) : most,
    flows,
    runs: Math.max(flows, 1 + Math.floor(digit(3) * 4)),
    workers: digit(13) < 0.55 ? 1 : digit(13) < 0.8 ? 2 : 3,
    // Beside each other, so that some tasks wait while another one fails.
    shape: isRebuilt ? 'islands' : shapeOf(digit(4)),
    oddity: digit(5) < 0.35 ? 0.2 : digit(5) < 0.8 ? 1 : 4,
    failures: isRebuilt ? 20 : digit(6) < 0.7 ? 1 : 6,
    operator: digit(7) < 0.6 ? 0 : 1,
    maps: isLate ? 0.6 : digit(8) < 0.2 ? 0 : digit(8) < 0.5 ? 0.3 : 0.7,
    emptiness: isLate ? 1 : digit(9) < 0.5 ? 0.1 : 0.6,
    typeFaults: digit(12) < 0.7 ? 1 : 8,
    chain: chainOf(digit(8), digit(13)),
    idle: kind > 0.98 ? 'rebuilt' : kind > 0.96 ? 'dropped' : kind > 0.94 ? 'failing' : undefined,
  };
}

function shapeOf(kind: number): Shape {
  if (kind < 0.25) return 'chain';
  if (kind < 0.45) return 'fan';
  return kind < 0.6 ? 'islands' : 'any';
}

/** Forty-nine waves of the cascade are allowed, fifty are refused. */
function chainOf(kind: number, length: number): Temper['chain'] {
  const maps = length < 0.2 ? 49 : 50;
  if (kind < 0.04) return { root: 'map', maps };
  if (kind > 0.92) return { root: 'single', maps };
  return undefined;
}
