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
  title: 'A dependency that a step is given by a second call is not waited for.',
  documented: {
    says: 'A step starts when all its dependencies are completed.',
    where: '@pgflow/core 0.1.20 and 0.8.1, README, "Task Completion", 4',
  },
  happens:
    'The dependency is written, but deps_count stays what the first call made it, also before there are any runs. The step starts without it, and then the completion of the dependency is refused (23514) each time: the run never ends.',
  upstream: [],
  traces: { '0.1.20': commands, '0.8.1': commands },
};
