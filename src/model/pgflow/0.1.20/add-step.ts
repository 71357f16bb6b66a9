/** `pgflow.add_step`, both overloads. */
import {
  checkViolation,
  foreignKeyViolation,
  notNullViolation,
  type SqlError,
} from '../../kernel/sql-error.ts';
import { isOutOfOrder, withDependencies } from '../shared/dependencies.ts';
import { isValidSlug } from '../shared/is-valid-slug.ts';
import type { AddStep } from './commands.ts';
import type { Draft } from './draft.ts';
import type { Step } from './state.ts';

/** The options of a step that is there already are left as they were. */
export function addStep(draft: Draft, command: AddStep): Step | SqlError {
  const { flow_slug, step_slug, max_attempts = null, base_delay = null, timeout = null } = command;
  const deps_slugs = command.deps_slugs ?? [];

  if (flow_slug === null) return notNullViolation('flow_slug');
  if (step_slug === null) return notNullViolation('step_slug');
  if (base_delay !== null && base_delay < 0) return checkViolation('opt_base_delay_is_nonnegative');
  if (max_attempts !== null && max_attempts < 0) return checkViolation('opt_max_attempts_is_nonnegative');
  if (timeout !== null && timeout <= 0) return checkViolation('opt_timeout_is_positive');
  if (!isValidSlug(step_slug)) return checkViolation('steps_step_slug_check');

  // Each row is checked as it goes in; foreign keys are looked up when all rows are there.
  for (const dep_slug of deps_slugs) {
    if (dep_slug === null) return notNullViolation('dep_slug');
    if (dep_slug === step_slug) return checkViolation('deps_check');
  }
  const flow = draft.flows.get(flow_slug);
  if (!flow) return foreignKeyViolation('steps_flow_slug_fkey');
  const missing = deps_slugs.some((dep_slug) => !flow.steps.some((step) => step.step_slug === dep_slug));
  if (missing) return foreignKeyViolation('deps_flow_slug_dep_slug_fkey');

  // Surprise: of a step that is added again nobody asks whether a dependency leads to one that came later.
  if (
    draft.asDocumented.has('a-step-added-again-can-depend-on-a-later-one') &&
    isOutOfOrder(flow, step_slug, deps_slugs as readonly string[])
  ) {
    return foreignKeyViolation('deps_flow_slug_dep_slug_fkey');
  }
  const deps = withDependencies(draft, flow, step_slug, deps_slugs as readonly string[]);
  const existing = flow.steps.find((each) => each.step_slug === step_slug);
  const step = existing
    ? addedAgain(draft, existing, deps.length - flow.deps.length)
    : {
        step_slug,
        step_index: flow.steps.length,
        // Surprise: a dependency that is named twice counts twice, so that such a step never becomes ready.
        deps_count: draft.asDocumented.has('repeated-dependencies-are-never-met')
          ? new Set(deps_slugs).size
          : deps_slugs.length,
        opt_max_attempts: max_attempts,
        opt_base_delay: base_delay,
        opt_timeout: timeout,
        created_at: draft.now,
      };
  draft.reached.push(existing ? 'add_step/step-exists' : 'add_step/step-added');

  const steps = existing ? flow.steps.with(existing.step_index, step) : [...flow.steps, step];
  draft.flows = draft.flows.set(flow_slug, { ...flow, steps, deps }, draft.owner);
  return step;
}

/** Surprise: a step that is there already gets the new dependencies, but keeps its count. */
function addedAgain(draft: Draft, step: Step, dependencies: number): Step {
  if (!draft.asDocumented.has('dependencies-added-again-are-not-waited-for')) return step;
  return { ...step, deps_count: step.deps_count + dependencies };
}
