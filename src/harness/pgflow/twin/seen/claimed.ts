/** What a claim is about: a run, a step, a task or a whole simulation, told by its properties, as it may come from another copy of this module. */
import { SimulationError, shown } from '../../../twin/simulation-error.ts';

export type Kind = 'run' | 'step' | 'task' | 'simulation';

const properties: Readonly<Record<Kind, readonly string[]>> = {
  run: ['finish', 'timeline', 'stuck'],
  step: ['slug', 'tasks', 'attempts'],
  task: ['index', 'history', 'attempts'],
  simulation: ['advance', 'timeline'],
};

/** @throws SimulationError which names the matcher or function, `what`, that was given something else */
export function subjectOf<T>(given: unknown, what: string, kinds: readonly Kind[]): T {
  const is = (kind: Kind) =>
    typeof given === 'object' && given !== null && properties[kind].every((name) => name in given);
  if (kinds.some(is)) return given as T;
  const list = kinds.map((kind) => `a ${kind}`).join(' or ');
  const expected = kinds.includes('simulation') ? list : `${list} of a simulation`;
  const hint = given instanceof Promise ? ' (is an await missing?)' : '';
  throw new SimulationError(`${what} was given ${shown(given)}: expected ${expected}${hint}`);
}
