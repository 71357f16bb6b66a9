import type { Deviation } from '../../contract/deviation.ts';
import { in081 } from './traces.ts';

export const aFlowCanBeChangedUnderItsRuns: Deviation = {
  id: 'a-flow-can-be-changed-under-its-runs',
  title: 'A flow that has runs still accepts new steps and dependencies.',
  documented: {
    says: 'A flow is immutable. Once it is registered, its structure cannot change, so running work is safe.',
    where: 'documentation at 0.8.1, build/version-flows, "Flow immutability"',
  },
  happens:
    'add_step does not check whether the flow has runs. A new step belongs to later runs only. A new dependency also applies to current runs, but their counters do not include it: completing the step that it names is refused (23514), or fails the run, and a map gets no input. Each step comes in its own call, so nobody can tell when a flow is complete. In this deviation, the documented behaviour is: no change after the first run.',
  upstream: [],
  traces: {
    '0.8.1': in081(
      { type: 'create_flow', flow_slug: 'f' },
      { type: 'start_flow', flow_slug: 'f', input: {} },
      { type: 'add_step', flow_slug: 'f', step_slug: 'a' },
    ),
  },
};
