/** Mutants of 0.8.1 that nothing can tell from the original, each with the argument. */
import type { EquivalentMutants } from '../../mutants/equivalents.ts';

export const equivalentMutants: readonly EquivalentMutants[] = [];
