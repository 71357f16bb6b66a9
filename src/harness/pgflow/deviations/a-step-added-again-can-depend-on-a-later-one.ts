import type { Deviation } from '../../contract/deviation.ts';
import { in0120 } from './traces.ts';

const commands = in0120(
  { type: 'create_flow', flow_slug: 'f' },
  { type: 'add_step', flow_slug: 'f', step_slug: 'a' },
  { type: 'add_step', flow_slug: 'f', step_slug: 'b', deps_slugs: ['a'] },
  { type: 'add_step', flow_slug: 'f', step_slug: 'a', deps_slugs: ['b'] },
);

export const aStepAddedAgainCanDependOnALaterOne: Deviation = {
  id: 'a-step-added-again-can-depend-on-a-later-one',
  title: 'A step that is added again can depend on a later step, even on one that depends on it.',
  documented: {
    says: 'Steps have to be added in topological order. Foreign keys enforce this.',
    where: '@pgflow/core 0.1.20 and 0.8.1, README, "Defining a Workflow"',
  },
  happens:
    'The foreign key only checks that the step exists. A second call adds dependencies to an existing step, so two steps can depend on each other. The first step still starts, because its count does not change. But completing the second step is refused (23514) each time, and the run never ends.',
  upstream: [],
  traces: { '0.1.20': commands, '0.8.1': commands },
};
