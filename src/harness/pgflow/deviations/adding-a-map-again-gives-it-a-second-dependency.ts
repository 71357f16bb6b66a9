import type { Deviation } from '../../contract/deviation.ts';
import { in081 } from './traces.ts';

export const addingAMapAgainGivesItASecondDependency: Deviation = {
  id: 'adding-a-map-again-gives-it-a-second-dependency',
  title: 'Adding a map step again gives it another dependency, of which nobody counts the completion.',
  documented: {
    says: 'A map depends on one step, or on none.',
    where: '@pgflow/core 0.8.1, README, "Key Characteristics"',
  },
  happens:
    'Each call of add_step is checked by itself, and what it names is added to what is there: a second call gives the map a second dependency. The count stays what it was: the map starts when the first of the two completes, and the completion of the other is refused (23514) for ever.',
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
