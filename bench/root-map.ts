/** What it costs the model to start a run whose first step is a map over many elements. */
import type { PgflowCommand } from '../src/model/pgflow/0.8.1/commands.ts';
import { pgflow081 } from '../src/model/pgflow/0.8.1/machine.ts';
import { randomUuid } from './populated.ts';
import { median, randomNumbers } from './statistics.ts';

export const elements = 1000;

/** Milliseconds. */
export interface RootMap {
  /** Of the first such start in the process, if nothing of the model was used before. */
  readonly cold: number;
  readonly median: number;
}

const starts = 200;
const flow_slug = 'bench';
const now = Date.UTC(2030, 0, 1);

/** Every start finds the same state: a flow of one root map, and nothing else. */
export function measureRootMap(seed: number): RootMap {
  const random = randomNumbers(seed);
  let state = pgflow081.initialState;
  const execute = (command: PgflowCommand) =>
    pgflow081.transition(state, command, { now, uuid: randomUuid(random) });
  state = execute({ type: 'create_flow', flow_slug }).state;
  state = execute({ type: 'add_step', flow_slug, step_slug: 'each', step_type: 'map' }).state;

  const input = Array.from({ length: elements }, (_, i) => ({ order: i, customer: `customer ${i}` }));
  const milliseconds = Array.from({ length: starts }, () => {
    const from = performance.now();
    const { result, state: after } = execute({ type: 'start_flow', flow_slug, input });
    const took = performance.now() - from;
    const [run] = after.runs.values();
    if (!result.ok || run?.step_states[0]?.tasks.length !== elements)
      throw new Error('the map did not start');
    return took;
  });
  return { cold: milliseconds[0]!, median: median(milliseconds) };
}
