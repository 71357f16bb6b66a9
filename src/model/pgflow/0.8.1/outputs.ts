/** What a step has put out so far: of a map the list of what its completed tasks gave, of a single step its task's. */
import { type Jsonb, type NullableJsonb, toJsonb } from '../../kernel/jsonb.ts';
import type { Step, StepState } from './state.ts';

export function outputOf(step: Step, state: StepState | undefined): NullableJsonb {
  if (step.step_type === 'map') return mapOutput(state);
  const task = state?.tasks[0];
  return task?.status === 'completed' ? task.output : undefined;
}

export function mapOutput(state: StepState | undefined): Jsonb {
  const completed = state?.tasks.filter((task) => task.status === 'completed') ?? [];
  return completed.map((task) => toJsonb(task.output));
}
