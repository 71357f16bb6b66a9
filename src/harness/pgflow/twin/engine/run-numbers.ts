/** Runs are numbered as they are asked for, from 1; the ids that are not given are those of a trace. */
import { SimulationError, shown } from '../../../twin/simulation-error.ts';

const prefix = '00000000-0000-4000-8000-';

/** The id that run `number` draws. */
export const idOfRun = (number: number): string => prefix + number.toString(16).padStart(12, '0');

export class RunNumbers {
  /** How many there are. */
  asked = 0;
  /** Those that were given, and those that were drawn in place of one that had been given. */
  readonly #byId = new Map<string, number>();
  /** The numbers of those. */
  readonly #others = new Set<number>();

  /** The number and id of a new run. @throws SimulationError where the id that is given is another run's */
  next(given: string | undefined): { number: number; id: string } {
    const number = this.asked + 1;
    if (given === undefined) {
      let drawn = number;
      while (this.#byId.has(idOfRun(drawn))) drawn++;
      this.asked = number;
      return drawn === number ? { number, id: idOfRun(drawn) } : this.#keep(number, idOfRun(drawn));
    }
    const id = given.toLowerCase();
    const other = this.numberOf(id);
    if (other > 0) throw new SimulationError(`run_id is ${shown(given)}, which is the id of run ${other}`);
    this.asked = number;
    return this.#keep(number, id);
  }

  #keep(number: number, id: string): { number: number; id: string } {
    this.#byId.set(id, number);
    this.#others.add(number);
    return { number, id };
  }

  /** 0 where there is no such run, or a caller has left it out. */
  numberOf(run_id: string | undefined): number {
    if (run_id === undefined) return 0;
    const known = this.#byId.get(run_id);
    if (known !== undefined || !run_id.startsWith(prefix)) return known ?? 0;
    const number = Number.parseInt(run_id.slice(prefix.length), 16);
    return number <= this.asked && !this.#others.has(number) ? number : 0;
  }
}
