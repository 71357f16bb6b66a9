import type { Deviation } from '../../contract/deviation.ts';
import { in081 } from './traces.ts';

export const addingAMapAgainGivesItASecondDependency: Deviation = {
  id: 'adding-a-map-again-gives-it-a-second-dependency',
  title: 'Adding a map step again gives it a second dependency that is not counted.',
  documented: {
    says: 'A map depends on one step, or on none.',
    where: '@pgflow/core 0.8.1, README, "Key Characteristics"',
  },
  happens:
    'add_step checks each call alone and adds the new dependency to the old one. So a second call gives the map two dependencies. The count does not change: the map starts when the first dependency completes, and completing the other one is always refused (23514).',
  upstream: [],
  traces: {
    '0.8.1': in081(
      { type: 'create_flow', flow_slug: 'f' },
      { type: 'add_step', flow_slug: 'f', step_slug: 'a' },
      { type: 'add_step', flow_slug: 'f', step_slug: 'b' },
      { type: 'add_step', flow_slug: 'f', step_slug: 'm', deps_slugs: ['a'], step_type: 'map' },
      { type: 'add_step', flow_slug: 'f', step_slug: 'm', deps_slugs: ['b'], step_type: 'map' },
    ),
  },
};
