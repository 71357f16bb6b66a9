import type { Deviation } from '../../contract/deviation.ts';
import { in081 } from './traces.ts';

export const aFlowCanBeChangedUnderItsRuns: Deviation = {
  id: 'a-flow-can-be-changed-under-its-runs',
  title: 'A flow that has runs can be given other steps and dependencies.',
  documented: {
    says: 'A flow is immutable: once it is registered its structure cannot be modified, which protects the runs under way.',
    where: 'documentation at 0.8.1, build/version-flows, "Flow immutability"',
  },
  happens:
    'add_step asks nobody whether there are runs. A step that is added then is part of the next ones alone; a dependency that is added then holds in those under way as well, where nobody counted it: completing what it leads to is refused (23514), or fails the run, and a map is left without its input. Steps come one call each, so that nobody can tell when a flow is whole: as documented means from its first run on.',
  upstream: [],
  traces: {
    '0.8.1': in081(
      { type: 'create_flow', flow_slug: 'f' },
      { type: 'start_flow', flow_slug: 'f', input: {} },
      { type: 'add_step', flow_slug: 'f', step_slug: 'a' },
    ),
  },
};
