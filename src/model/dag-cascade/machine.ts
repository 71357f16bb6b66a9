/** Flows as a DAG of nodes and steps, run by an orchestrator. */
import type { Machine } from '../kernel/machine.ts';
import type { DagCascadeCommand } from './commands.ts';
import { describe } from './describe.ts';
import type { AsDocumented } from './deviations.ts';
import { invariants } from './invariants.ts';
import { type DagCascadeState, initialState } from './state.ts';
import { transitionOf } from './transition.ts';
import { rareWitnesses, witnesses } from './witnesses.ts';

export type DagCascadeMachine = Machine<DagCascadeState, DagCascadeCommand, never>;

/** Does what the documentation says in these deviations, and what the SQL does in all others. */
export const dagCascadeAsDocumented = (documented: AsDocumented): DagCascadeMachine => ({
  initialState: documented.has('there-are-a-hundred-workers')
    ? { ...initialState, control: { ...initialState.control, workers: 20 } }
    : initialState,
  transition: transitionOf(documented),
  invariants,
  describe,
  witnesses,
  rareWitnesses,
});

/** Does what the SQL does. */
export const dagCascade: DagCascadeMachine = dagCascadeAsDocumented(new Set());
