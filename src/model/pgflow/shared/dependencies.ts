/** The part of `pgflow.add_step` that writes `pgflow.deps`. The same in every release so far. */
import type { Instant } from '../../kernel/instant.ts';
import type { Dependency, FlowOf } from './flow.ts';

/** The flow's dependencies with those of the step, which may be there already. */
export function withDependencies(
  draft: { readonly now: Instant; readonly reached: string[] },
  flow: FlowOf<{ readonly step_slug: string }>,
  step_slug: string,
  deps_slugs: readonly string[],
): readonly Dependency[] {
  const isLate = flow.steps.some((step) => step.step_slug === step_slug);
  const deps = [...flow.deps];
  for (const dep_slug of deps_slugs) {
    if (deps.some((dep) => dep.dep_slug === dep_slug && dep.step_slug === step_slug)) {
      draft.reached.push('add_step/dependency-exists');
      continue;
    }
    deps.push({ dep_slug, step_slug, created_at: draft.now });
    draft.reached.push(isLate ? 'add_step/dependency-added-late' : 'add_step/dependency-added');
  }
  return deps;
}

/** As documented: whether a step that is there already would depend on one that was added after it. */
export function isOutOfOrder(
  flow: FlowOf<{ readonly step_slug: string }>,
  step_slug: string,
  deps_slugs: readonly string[],
): boolean {
  const slugs = flow.steps.map((step) => step.step_slug);
  const own = slugs.indexOf(step_slug);
  return own >= 0 && deps_slugs.some((dep_slug) => slugs.indexOf(dep_slug) > own);
}
