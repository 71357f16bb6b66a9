/** A schedule of happenings: what `pgtwin/fast-check` draws, and what it prints as statements of a test. */
import { type Happening, isFault, printed, type Stage, say } from './happening.ts';
import type { Schedule } from './schedule.ts';

/** `fc.toStringMethod`, without loading the package for it. */
const toStringMethod: unique symbol = Symbol.for('fast-check/toStringMethod') as never;

/** A schedule for `simulate(flow, { schedule })`. It never changes, and may be used for any number of simulations. */
export class FlowSchedule implements Schedule {
  /** First the workers, then what happens to attempts, then what happens at an instant. */
  readonly happenings: readonly Happening[];

  constructor(happenings: readonly Happening[]) {
    this.happenings = Object.freeze([...happenings].sort((a, b) => placeOf(a) - placeOf(b)));
    Object.freeze(this);
  }

  /** How many of the happenings are faults; the others are delays and workers. */
  get faults(): number {
    return this.happenings.filter(isFault).length;
  }

  begins(sim: Stage): void {
    for (const happening of this.happenings) say(happening, sim);
  }

  /** Statements to paste after `const sim = simulate(...)`. They give any simulation this schedule. */
  toString(): string {
    return this.happenings.length === 0 ? '// nothing befalls it' : this.happenings.map(printed).join('\n');
  }

  /** What fast-check prints of a counterexample. */
  [toStringMethod](): string {
    return `\n${this}\n`;
  }
}

function placeOf(happening: Happening): number {
  if ('step' in happening) return -1;
  return happening.type === 'another worker' ? -2 : happening.at;
}
