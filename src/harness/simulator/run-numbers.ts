/** Runs are numbered as they are asked for, from 1; the ids that are not given are those of a trace. */
const prefix = '00000000-0000-4000-8000-';

/** The id that run `number` draws. */
export const idOfRun = (number: number): string => prefix + number.toString(16).padStart(12, '0');

export class RunNumbers {
  /** How many there are. */
  asked = 0;
  readonly #given = new Map<string, number>();

  /** @returns the number and id of a new run. */
  next(given: string | undefined): { number: number; id: string } {
    const number = ++this.asked;
    if (given === undefined) return { number, id: idOfRun(number) };
    const id = given.toLowerCase();
    this.#given.set(id, number);
    return { number, id };
  }

  isTaken(run_id: string): boolean {
    return this.#given.has(run_id.toLowerCase()) || this.#drawn(run_id.toLowerCase()) !== undefined;
  }

  numberOf(run_id: string): number {
    return this.#given.get(run_id) ?? this.#drawn(run_id) ?? 0;
  }

  #drawn(run_id: string): number | undefined {
    if (!run_id.startsWith(prefix)) return undefined;
    const number = Number.parseInt(run_id.slice(prefix.length), 16);
    return number <= this.asked ? number : undefined;
  }
}
