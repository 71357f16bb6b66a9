/** `pgflow.add_step`. */
import {
  checkViolation,
  foreignKeyViolation,
  notNullViolation,
  raised,
  type SqlError,
} from '../../kernel/sql-error.ts';
import { isOutOfOrder, withDependencies } from '../shared/dependencies.ts';
import { isValidSlug } from '../shared/is-valid-slug.ts';
import type { AddStep } from './commands.ts';
import type { Draft } from './draft.ts';
import type { Flow, Step } from './state.ts';

/** The options of a step that is there already are left as they were. */
export function addStep(draft: Draft, command: AddStep): Step | SqlError {
  const { flow_slug, step_slug, max_attempts = null, base_delay = null, timeout = null } = command;
  const { start_delay = null } = command;
  const step_type = command.step_type ?? 'single';
  const deps_slugs = command.deps_slugs ?? [];

  if (step_type === 'map' && deps_slugs.length > 1) {
    return tooManyDependencies(step_slug, deps_slugs);
  }
  if (flow_slug === null) return notNullViolation('flow_slug');
  if (step_slug === null) return notNullViolation('step_slug');
  if (base_delay !== null && base_delay < 0) return checkViolation('opt_base_delay_is_nonnegative');
  if (max_attempts !== null && max_attempts < 0) return checkViolation('opt_max_attempts_is_nonnegative');
  if (start_delay !== null && start_delay < 0) return checkViolation('opt_start_delay_is_nonnegative');
  if (timeout !== null && timeout <= 0) return checkViolation('opt_timeout_is_positive');
  if (!isValidSlug(step_slug)) return checkViolation('steps_step_slug_check');
  if (step_type !== 'single' && step_type !== 'map') return checkViolation('steps_step_type_check');
  const flow = draft.flows.get(flow_slug);
  // The step is a statement of its own, so its flow is looked up before any dependency is looked at.
  if (!flow) return foreignKeyViolation('steps_flow_slug_fkey');

  // Each row is checked as it goes in; foreign keys are looked up when all rows are there.
  for (const dep_slug of deps_slugs) {
    if (dep_slug === null) return notNullViolation('dep_slug');
    if (dep_slug === step_slug) return checkViolation('deps_check');
  }
  const missing = deps_slugs.some((dep_slug) => !flow.steps.some((step) => step.step_slug === dep_slug));
  if (missing) return foreignKeyViolation('deps_flow_slug_dep_slug_fkey');

  const refusal = refusalAsDocumented(draft, flow, step_slug, deps_slugs as readonly string[]);
  if (refusal) return refusal;

  const options = {
    opt_max_attempts: max_attempts,
    opt_base_delay: base_delay,
    opt_timeout: timeout,
    opt_start_delay: start_delay,
  };
  const deps = withDependencies(draft, flow, step_slug, deps_slugs as readonly string[]);
  const existing = flow.steps.find((each) => each.step_slug === step_slug);
  const step: Step = existing
    ? addedAgain(draft, existing, options, deps.length - flow.deps.length)
    : {
        step_slug,
        step_type,
        step_index: flow.steps.length,
        // Surprise: a dependency that is named twice counts twice, so that such a step never becomes ready.
        deps_count: draft.asDocumented.has('repeated-dependencies-are-never-met')
          ? new Set(deps_slugs).size
          : deps_slugs.length,
        ...options,
        created_at: draft.now,
      };
  draft.reached.push(existing ? 'add_step/step-exists' : `add_step/${step_type}-added`);

  const steps = existing ? flow.steps.with(existing.step_index, step) : [...flow.steps, step];
  draft.flows = draft.flows.set(flow_slug, { ...flow, steps, deps }, draft.owner);
  return step;
}

/** Surprise: a step that is there already gets the new dependencies, but keeps its count, type and options. */
function addedAgain({ asDocumented }: Draft, step: Step, options: Partial<Step>, dependencies: number): Step {
  const isCounted = asDocumented.has('dependencies-added-again-are-not-waited-for');
  return {
    ...step,
    ...(asDocumented.has('defining-a-flow-again-keeps-its-options') ? options : {}),
    deps_count: step.deps_count + (isCounted ? dependencies : 0),
  };
}

/** What nobody asks: how many dependencies a map has in all, whether they come before it, and whether there are runs. */
function refusalAsDocumented(
  { asDocumented, runs }: Draft,
  flow: Flow,
  step_slug: string,
  deps_slugs: readonly string[],
): SqlError | undefined {
  const existing = flow.steps.find((step) => step.step_slug === step_slug);
  const before = flow.deps.filter((dep) => dep.step_slug === step_slug).map((dep) => dep.dep_slug);
  const all = [...new Set([...before, ...deps_slugs])];
  if (
    asDocumented.has('adding-a-map-again-gives-it-a-second-dependency') &&
    existing?.step_type === 'map' &&
    all.length > 1
  ) {
    return tooManyDependencies(step_slug, all);
  }
  if (
    asDocumented.has('a-step-added-again-can-depend-on-a-later-one') &&
    isOutOfOrder(flow, step_slug, deps_slugs)
  ) {
    return foreignKeyViolation('deps_flow_slug_dep_slug_fkey');
  }
  if (
    asDocumented.has('a-flow-can-be-changed-under-its-runs') &&
    (!existing || all.length > before.length) &&
    [...runs.values()].some((run) => run.flow_slug === flow.flow_slug)
  ) {
    return raised(`Flow ${flow.flow_slug} has runs and cannot be changed`);
  }
  return undefined;
}

function tooManyDependencies(step_slug: string | null, deps_slugs: readonly (string | null)[]): SqlError {
  // A name that is NULL is counted but not written.
  const written = deps_slugs.filter((dep_slug) => dep_slug !== null).join(', ');
  return raised(
    `Map step "${step_slug ?? '<NULL>'}" can have at most one dependency, but ${deps_slugs.length} were provided: ${written}`,
  );
}
