/**
 * Branches of functions that all releases share, in the order in which the SQL comes to them. Refusals as
 * `<command>/<constraint, column or SQLSTATE>`; the rest is named where it is reached.
 */

export const ofCreateFlow: readonly string[] = [
  'create_flow/flow-created',
  'create_flow/flow-exists',
  'create_flow/queue-created',
  'create_flow/queue-exists',
  'create_flow/queue-restored',
  'create_flow/refused/flow_slug',
  'create_flow/refused/opt_max_attempts',
  'create_flow/refused/opt_base_delay',
  'create_flow/refused/opt_timeout',
  'create_flow/refused/opt_base_delay_is_nonnegative',
  'create_flow/refused/opt_max_attempts_is_nonnegative',
  'create_flow/refused/opt_timeout_is_positive',
  'create_flow/refused/slug_is_valid',
  'create_flow/refused/P0001',
  'create_flow/refused/22021',
  'create_flow/refused/42809',
];

/** Of every `add_step`, whatever else a release has it do. */
export const ofAddStep: readonly string[] = [
  'add_step/step-exists',
  'add_step/dependency-added',
  'add_step/dependency-added-late',
  'add_step/dependency-exists',
  'add_step/refused/flow_slug',
  'add_step/refused/step_slug',
  'add_step/refused/dep_slug',
  'add_step/refused/opt_base_delay_is_nonnegative',
  'add_step/refused/opt_max_attempts_is_nonnegative',
  'add_step/refused/opt_timeout_is_positive',
  'add_step/refused/steps_step_slug_check',
  'add_step/refused/deps_check',
  'add_step/refused/steps_flow_slug_fkey',
  'add_step/refused/deps_flow_slug_dep_slug_fkey',
  'add_step/refused/22021',
];

/** Of every `start_flow`. */
export const ofStartFlow: readonly string[] = [
  'start_flow/run-created',
  'start_flow/no-steps',
  'start_flow/refused/flow_slug',
  'start_flow/refused/input',
  'start_flow/refused/runs_flow_slug_fkey',
  'start_flow/refused/42P01',
  'start_flow/refused/22021',
  'start_flow/refused/22P05',
  'start_flow/refused/22P02',
];

/** Of every `start_ready_steps`. */
export const ofStartReadySteps: readonly string[] = [
  'start_ready_steps/started',
  'start_ready_steps/several-at-once',
  'start_ready_steps/nothing-to-start',
  'start_ready_steps/no-such-run',
];

export const ofMaybeCompleteRun: readonly string[] = [
  'maybe_complete_run/steps-remain',
  'maybe_complete_run/completed',
  'maybe_complete_run/completed-before',
  'maybe_complete_run/completed-without-output',
  'maybe_complete_run/no-such-run',
];

export const ofCalculateRetryDelay: readonly string[] = [
  'calculate_retry_delay/delay',
  'calculate_retry_delay/null',
  'calculate_retry_delay/refused/22003',
];

export const ofIsValidSlug: readonly string[] = ['is_valid_slug/valid', 'is_valid_slug/invalid'];

/** The queue's own functions, done by hand. */
export const ofQueue = (...functions: readonly string[]): string[] =>
  functions.flatMap((name) => [`pgmq.${name}/done`, `pgmq.${name}/refused`]);

/** Of functions whose queue was dropped, when a sequence or an index that another queue brought has taken its name. */
export const onAnotherRelation = (...functions: readonly string[]): string[] =>
  functions.flatMap((name) => [`${name}/refused/42703`, `${name}/refused/42809`]);

/** In the order of the alphabet, what was done before what was refused. */
export function byName(names: readonly string[]): string[] {
  const isRefusal = (name: string) => name.includes('/refused/');
  return [...names.filter((name) => !isRefusal(name)).sort(), ...names.filter(isRefusal).sort()];
}
