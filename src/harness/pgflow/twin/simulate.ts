/** `simulate`: a flow, its handlers, and everything that production does around them, in virtual time. */
import { type Backend, ModelBackend, stateWith } from './backend/backend.ts';
import { PGliteBackend } from './backend/pglite-backend.ts';
import { Engine } from './engine/engine.ts';
import { type ResolvedOptions, resolveOptions, type SimulateOptions } from './engine/options.ts';
import { FlowSchedule } from './faults/flow-schedule.ts';
import { checkDslVersion, directoriesOfProject } from './flow/dsl-version.ts';
import { definitionOf, type FlowDefinition } from './flow/flow.ts';
import type { AnyFlow } from './flow/types.ts';
import type { Simulation } from './simulation.ts';
import { SimulationOf } from './simulation-of.ts';

/** Flows that may be: the stack that tells where a test is costs more than a small simulation. */
const simulated = new WeakSet<object>();

/**
 * A simulation of the flow, with one worker and its own virtual time. Nothing happens until a test advances the time.
 * @throws SimulationError if `flow` is not a flow, if the installed `@pgflow/dsl` is one that is not simulated, or if an option is unknown or of the wrong type
 */
export function simulate<F extends AnyFlow>(flow: F, options: SimulateOptions<F> = {}): Simulation<F> {
  const definition = definitionOf(flow);
  if (!simulated.has(flow)) {
    checkDslVersion(...directoriesOfProject());
    simulated.add(flow);
  }
  const resolved = resolveOptions(options);
  const engine = new Engine(definition, backendOf(definition, resolved), resolved);
  const simulation = new SimulationOf(engine);
  const { schedule } = resolved;
  engine.plans.areDrawn = schedule instanceof FlowSchedule;
  schedule.begins?.(simulation);
  engine.plans.areDrawn = false;
  return simulation as unknown as Simulation<F>;
}

function backendOf(flow: FlowDefinition, { backend, startedAt }: ResolvedOptions): Backend {
  const state = stateWith(flow, startedAt);
  return backend === 'model' ? new ModelBackend(state) : new PGliteBackend(flow, startedAt, state);
}
