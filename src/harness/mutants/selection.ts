/** Which of the mutants are run: some by name, a random sample, one machine's share. */

import { createHash } from 'node:crypto';
import { SetupError } from '../../sql/setup-error.ts';
import { knownNames, quoted } from '../contract/names.ts';
import type { Mutant } from './mutant.ts';
import { findOperator } from './operators/index.ts';

export interface Selection {
  /** Names with or without the schema, overloads together. */
  readonly functions: readonly string[];
  readonly operators: readonly string[];
  /** Ids, or beginnings of them. */
  readonly mutants: readonly string[];
  /** How many, drawn at random out of the rest; null for all. */
  readonly sample: number | null;
}

/** One of so many shares, from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** In the order given; throws {@link SetupError} for a name that nothing goes by. */
export function select<M extends Mutant>(
  mutants: readonly M[],
  { functions, operators, mutants: ids, sample }: Selection,
  seed: number,
): M[] {
  for (const name of operators) findOperator(name);
  const names = new Set(mutants.flatMap((each) => namesOf(each)));
  for (const name of functions) {
    if (names.has(name)) continue;
    const known = [...new Set(mutants.map((each) => namesOf(each)[0]!))];
    throw new SetupError(`unknown function ${quoted(name)}; with mutants: ${knownNames(known, name)}`);
  }
  for (const id of ids) {
    if (!mutants.some((each) => each.id.startsWith(id))) {
      throw new SetupError(`unknown mutant ${quoted(id)}; pgtwin mutants --list shows all`);
    }
  }
  const chosen = mutants.filter(
    (mutant) =>
      isOneOf(functions, (name) => namesOf(mutant).includes(name)) &&
      isOneOf(operators, (name) => mutant.operator === name) &&
      isOneOf(ids, (id) => mutant.id.startsWith(id)),
  );
  return sample === null ? chosen : drawn(chosen, sample, seed);
}

/** Every so many-th, so that each share has some of every function. */
export function shareOf<M>(mutants: readonly M[], shard: Shard | null): M[] {
  return shard === null ? [...mutants] : mutants.filter((_, i) => i % shard.of === shard.index - 1);
}

/** No name at all means any. */
const isOneOf = (names: readonly string[], fits: (name: string) => boolean) =>
  names.length === 0 || names.some(fits);

/** By what only seed and id decide, so that a mutant more or less changes a sample little. */
function drawn<M extends Mutant>(mutants: readonly M[], sample: number, seed: number): M[] {
  const rank = ({ id }: M) => createHash('sha256').update(`${seed} ${id}`).digest('hex');
  const first = new Set(mutants.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1)).slice(0, sample));
  return mutants.filter((each) => first.has(each));
}

/** `add_step`, `pgflow.add_step`, `pgflow.add_step(text,text)` */
function namesOf({ function: signature }: Mutant): string[] {
  const qualified = signature.replace(/\(.*$/s, '');
  return [qualified.slice(qualified.indexOf('.') + 1), qualified, signature];
}
