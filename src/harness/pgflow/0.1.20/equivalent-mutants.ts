/** Mutants of 0.1.20 that nothing can tell from the original, each with the argument. */
import type { EquivalentMutants } from '../../mutants/equivalents.ts';

export const equivalentMutants: readonly EquivalentMutants[] = [];
