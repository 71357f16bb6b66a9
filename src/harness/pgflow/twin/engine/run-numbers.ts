/** Runs are numbered as they are asked for, from 1; the ids that are not given are those of a trace. */
import { SimulationError, shown } from '../../../twin/simulation-error.ts';

const prefix = '00000000-0000-4000-8000-';

/** The id that run `number` draws. */
export const idOfRun = (number: number): string => prefix + number.toString(16).padStart(12, '0');

export class RunNumbers {
  /** How many there are. */
  asked = 0;
  readonly #given = new Map<string, number>();

  /**
   * The number and id of a new run.
   * @throws SimulationError where the id that is given is another run's, or of the form in which ids are drawn
   */
  next(given: string | undefined): { number: number; id: string } {
    const number = this.asked + 1;
    if (given === undefined) {
      this.asked = number;
      return { number, id: idOfRun(number) };
    }
    const id = given.toLowerCase();
    if (id.startsWith(prefix)) {
      throw new SimulationError(
        `run_id is ${shown(given)}: the simulation reserves ids that begin like this one`,
      );
    }
    const other = this.#given.get(id);
    if (other !== undefined)
      throw new SimulationError(`run_id is ${shown(given)}, which is the id of run ${other}`);
    this.asked = number;
    this.#given.set(id, number);
    return { number, id };
  }

  /** 0 where there is no such run. */
  numberOf(run_id: string): number {
    const given = this.#given.get(run_id);
    if (given !== undefined || !run_id.startsWith(prefix)) return given ?? 0;
    return Number.parseInt(run_id.slice(prefix.length), 16);
  }
}
