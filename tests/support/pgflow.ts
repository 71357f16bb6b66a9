/** Words for stories about pgflow 0.1.20: its commands in short, its state as tables. */

import type { Trace } from '../../src/harness/contract/trace.ts';
import { pgflow0120UnderTest } from '../../src/harness/pgflow/0.1.20/release.ts';
import { runId } from '../../src/harness/pgflow/shared/run-ids.ts';
import type { Jsonb } from '../../src/model/kernel/jsonb.ts';
import type { PgflowCommand } from '../../src/model/pgflow/0.1.20/commands.ts';
import type { Flow, PgflowState, Run, StepState, StepTask } from '../../src/model/pgflow/0.1.20/state.ts';
import * as general from './play.ts';

export type Step = general.Executed<PgflowState, PgflowCommand>;

export const play = (script: readonly (PgflowCommand | general.Wait)[]) =>
  general.play(pgflow0120UnderTest, script);
export const follow = (trace: Trace<PgflowCommand>) => general.follow(pgflow0120UnderTest, trace);

/** `max_attempts`; `base_delay` and `timeout` in seconds. */
type Options = { max_attempts?: number; base_delay?: number; timeout?: number };

export const createFlow = (flow_slug: string, options: Options = {}): PgflowCommand => ({
  type: 'create_flow',
  flow_slug,
  ...options,
});
export const addStep = (
  flow_slug: string,
  step_slug: string,
  deps_slugs: string[] = [],
  options: Options = {},
): PgflowCommand => ({ type: 'add_step', flow_slug, step_slug, deps_slugs, ...options });
export const startFlow = (flow_slug: string, input: Jsonb = {}): PgflowCommand => ({
  type: 'start_flow',
  flow_slug,
  input,
});
/** Looks once, at once, and once more a second later where there was nothing. */
export const poll = (queue_name: string, qty = 10): PgflowCommand => ({
  type: 'poll_for_tasks',
  queue_name,
  vt: 2,
  qty,
  max_poll_seconds: 1,
  poll_interval_ms: 999,
});
/** `run` counts the `start_flow`s from 1. Without output, SQL NULL. */
export const complete = (run: number, step_slug: string, output?: Jsonb): PgflowCommand => ({
  type: 'complete_task',
  run_id: runId(run),
  step_slug,
  task_index: 0,
  ...(output === undefined ? {} : { output }),
});
export const fail = (run: number, step_slug: string): PgflowCommand => ({
  type: 'fail_task',
  run_id: runId(run),
  step_slug,
  task_index: 0,
  error_message: 'boom',
});

export const runOf = (state: PgflowState, run: number): Run => state.runs.get(runId(run))!;
export const flowOf = (state: PgflowState, run: Run): Flow => state.flows.get(run.flow_slug)!;
export const stateOf = (run: Run, slug: string): StepState =>
  run.step_states.find(({ step_slug }) => step_slug === slug)!;
export const taskOf = (run: Run, slug: string): StepTask | undefined =>
  run.step_tasks.find(({ step_slug }) => step_slug === slug);

/** What a step depends on, by the rows of `deps`. */
export const depsOf = (flow: Flow, slug: string): string[] =>
  flow.deps.filter(({ step_slug }) => step_slug === slug).map(({ dep_slug }) => dep_slug);

/** Every table, and the index over queued tasks that no table shows. Shares nothing with the state. */
export function tablesOf(state: PgflowState): Record<string, readonly unknown[]> {
  const tables = Object.fromEntries(pgflow0120UnderTest.project(state));
  return structuredClone({ ...tables, queuedTasks: state.queuedTasks.values() });
}

/** `tablesOf` without the sequences that number messages. */
export function withoutSequences(tables: ReturnType<typeof tablesOf>): ReturnType<typeof tablesOf> {
  return Object.fromEntries(Object.entries(tables).filter(([name]) => !name.endsWith('_msg_id_seq')));
}

/** The flow whose definition this command spoils for the counters: a dependency named twice, or added late. */
export function spoils({ before, command, result }: Step): string | undefined {
  if (command.type !== 'add_step' || !result.ok) return undefined;
  const deps = command.deps_slugs ?? [];
  const steps = before.flows.get(command.flow_slug!)!.steps;
  const late = deps.length > 0 && steps.some(({ step_slug }) => step_slug === command.step_slug);
  return late || new Set(deps).size < deps.length ? command.flow_slug! : undefined;
}
