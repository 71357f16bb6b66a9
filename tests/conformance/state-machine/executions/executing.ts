/** A recorded machine on our twin, with the same answers of its tasks. */

import {
  type Execution,
  simulateStateMachine,
  TaskFailure,
} from '../../../../src/harness/state-machine/twin/index.ts';
import type { MachineJson } from '../../../../src/model/state-machine/states-language/language/definition.ts';
import { statesIn } from '../../../../src/model/state-machine/states-language/language/scopes.ts';
import { Answers, comparable } from './answers.ts';

/** What came of an execution; an error without a name is null. */
export type Outcome = { readonly output: unknown } | { readonly error: string | null };

export interface Case {
  readonly machine: MachineJson;
  readonly input: unknown;
  readonly seed: number;
}

export async function executed({ machine, input, seed }: Case): Promise<Execution> {
  const answers = new Answers(seed);
  const tasks = [...statesIn(machine)].flatMap(([name, { Type }]) => (Type === 'Task' ? [name] : []));
  const handlers = tasks.map((name) => [
    name,
    (given: unknown) => {
      const answer = answers.answer(name, given);
      if ('value' in answer) return answer.value;
      throw new TaskFailure(answer.error, 'why');
    },
  ]);
  return simulateStateMachine(machine, { handlers: Object.fromEntries(handlers) })
    .start(input)
    .finish();
}

export const outcomeOf = ({ status, output, error }: Execution): Outcome =>
  status === 'Succeeded' ? { output } : { error };

export const textOf = (outcome: Outcome): string =>
  JSON.stringify('output' in outcome ? { output: comparable(outcome.output) } : { error: outcome.error });
