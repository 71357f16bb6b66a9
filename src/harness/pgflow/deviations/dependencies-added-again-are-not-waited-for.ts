import type { Deviation } from '../../contract/deviation.ts';
import { in0120 } from './traces.ts';

const commands = in0120(
  { type: 'create_flow', flow_slug: 'f' },
  { type: 'add_step', flow_slug: 'f', step_slug: 'a' },
  { type: 'add_step', flow_slug: 'f', step_slug: 'b' },
  { type: 'add_step', flow_slug: 'f', step_slug: 'b', deps_slugs: ['a'] },
);

export const dependenciesAddedAgainAreNotWaitedFor: Deviation = {
  id: 'dependencies-added-again-are-not-waited-for',
  title: 'A step does not wait for a dependency that a second call adds.',
  documented: {
    says: 'A step starts when all its dependencies are completed.',
    where: '@pgflow/core 0.1.20 and 0.8.1, README, "Task Completion", 4',
  },
  happens:
    'The dependency is stored, but deps_count keeps the value of the first call, even if there are no runs yet. The step starts without the dependency. Then completing the dependency is refused (23514) each time, and the run never ends.',
  upstream: [],
  traces: { '0.1.20': commands, '0.8.1': commands },
};
