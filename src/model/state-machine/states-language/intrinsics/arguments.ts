/** The arguments of a function: how many there are, and what each of them is. */
import type { Jsonb } from '../../../kernel/jsonb.ts';
import { isArray, isObject } from '../../shared/paths.ts';
import { fail } from '../language/failure.ts';

/** What a function cannot do is a failure of its state. */
export const intrinsicFailure = (words: string): never => fail('States.IntrinsicFailure', words);

export class Arguments {
  readonly #name: string;
  readonly #values: readonly Jsonb[];

  constructor(name: string, values: readonly Jsonb[]) {
    this.#name = name;
    this.#values = values;
  }

  get values(): readonly Jsonb[] {
    return this.#values;
  }

  /** There must be so many. */
  count(least: number, most = least): void {
    const { length } = this.#values;
    if (length >= least && length <= most) return;
    const expected =
      least === most
        ? `${least}`
        : most === Number.POSITIVE_INFINITY
          ? `${least} or more`
          : `${least} to ${most}`;
    intrinsicFailure(`States.${this.#name} takes ${expected} arguments, not ${length}`);
  }

  wrong(place: number, expected: string): never {
    return intrinsicFailure(`States.${this.#name}: argument ${place + 1} is no ${expected}`);
  }

  any(place: number): Jsonb {
    return this.#values[place]!;
  }

  text(place: number): string {
    const value = this.#values[place];
    return typeof value === 'string' ? value : this.wrong(place, 'text');
  }

  array(place: number): readonly Jsonb[] {
    const value = this.#values[place]!;
    return isArray(value) ? value : this.wrong(place, 'array');
  }

  object(place: number): { readonly [key: string]: Jsonb } {
    const value = this.#values[place]!;
    return isObject(value) ? value : this.wrong(place, 'object');
  }

  /** A number; what is behind its point is rounded, as the documentation says. */
  integer(place: number): number {
    const value = this.#values[place];
    return typeof value === 'number' ? Math.round(value) : this.wrong(place, 'number');
  }
}
