/** Definitions that change while runs are under way: steps that those do not have, dependencies that nobody counted. */

import type { AddStep } from '../../../model/pgflow/0.8.1/commands.ts';
import type { Flow, Run } from '../../../model/pgflow/0.8.1/state.ts';
import { fc } from '../../contract/fast-check.ts';
import { addStepOf, freshName, type Steps, slugsOf } from './arbitrary-definition.ts';

type FlowOf = (run: Run) => Flow;

/** A dependency between any two steps of the flow, of a map most of the time, or a step that stands alone. */
export function addLate(flow: Flow): Steps {
  const flow_slug = fc.constant(flow.flow_slug);
  const existing = slugsOf(flow);
  const maps = flow.steps.filter(isLaterMap).map((map) => map.step_slug);
  const dependency = addStepOf({
    flow_slug,
    step_slug: fc.constantFrom(...existing, ...maps, ...maps, ...maps),
    deps_slugs: fc.constantFrom(...existing).map((dep) => [dep]),
  });
  const step = addStepOf({
    flow_slug,
    step_slug: freshName(flow),
    deps_slugs: fc.constant(undefined),
    step_type: fc.constantFrom('single', 'single', 'map'),
  });
  return fc.oneof({ weight: 5, arbitrary: dependency }, { weight: 2, arbitrary: step });
}

/**
 * Every dependency that would matter at once: of a map that waits in a run on a step that has completed there, or
 * else is not part of it, and of a map whose tasks are yet to be handed out.
 */
export function timelyDependencies(runs: readonly Run[], flowOf: FlowOf): AddStep[] {
  return runs.filter(isUnderWay).flatMap((run) => {
    const flow = flowOf(run);
    const slugs = slugsOf(flow);
    const states = new Map(run.step_states.map((each) => [each.step_slug, each]));
    const completed = slugs.filter((slug) => states.get(slug)?.status === 'completed');
    const over = completed.length > 0 ? completed : slugs.filter((slug) => !states.has(slug));
    return flow.steps.filter(isLaterMap).flatMap(({ step_slug }) => {
      const state = states.get(step_slug);
      const isQueued = state?.tasks.some((task) => task.status === 'queued');
      const deps = state?.initial_tasks === null ? over : isQueued ? slugs : [];
      return deps
        .filter((dep) => dep !== step_slug)
        .map(
          (dep): AddStep => ({ type: 'add_step', flow_slug: flow.flow_slug, step_slug, deps_slugs: [dep] }),
        );
    });
  });
}

/** Every step of a run under way that may yet turn out to have no tasks, with its flow. */
export function undecidedMaps(runs: readonly Run[], flowOf: FlowOf) {
  return runs
    .filter(isUnderWay)
    .flatMap((run) =>
      run.step_states
        .filter((each) => each.initial_tasks === null)
        .map(({ step_slug }) => ({ flow: flowOf(run), step_slug })),
    );
}

/** A step after one of those, which completes in a run that does not have the new one. */
export function addFollower(leaders: ReturnType<typeof undecidedMaps>): Steps {
  return fc.constantFrom(...leaders).chain(({ flow, step_slug }) =>
    addStepOf({
      flow_slug: fc.constant(flow.flow_slug),
      step_slug: freshName(flow),
      deps_slugs: fc.constant([step_slug]),
      step_type: fc.constantFrom('single', 'map'),
    }),
  );
}

const isUnderWay = (run: Run) => run.status === 'started';
const isLaterMap = (step: Flow['steps'][number]) => step.step_type === 'map' && step.deps_count > 0;
