import type { Deviation } from '../../contract/deviation.ts';
import { in081, in0120 } from './traces.ts';

export const repeatedDependenciesAreNeverMet: Deviation = {
  id: 'repeated-dependencies-are-never-met',
  title: 'A step that names a dependency twice waits for it twice, and so never starts.',
  documented: {
    says: 'A step starts when all its dependencies are completed.',
    where: '@pgflow/core 0.8.1, README, "Task Completion", 4',
  },
  happens:
    'The SQL counts the names before it removes duplicates. So deps_count is 2, but there is one row in deps, and its completion counts once. The step never starts, and its run never ends.',
  upstream: [],
  traces: {
    '0.1.20': in0120(
      { type: 'create_flow', flow_slug: 'f' },
      { type: 'add_step', flow_slug: 'f', step_slug: 'a' },
      { type: 'add_step', flow_slug: 'f', step_slug: 'b', deps_slugs: ['a', 'a'] },
    ),
    '0.8.1': in081(
      { type: 'create_flow', flow_slug: 'f' },
      { type: 'add_step', flow_slug: 'f', step_slug: 'a' },
      { type: 'add_step', flow_slug: 'f', step_slug: 'b', deps_slugs: ['a', 'a'] },
    ),
  },
};
