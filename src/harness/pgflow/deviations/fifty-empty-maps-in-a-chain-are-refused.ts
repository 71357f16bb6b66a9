import type { Deviation } from '../../contract/deviation.ts';
import { in081 } from './traces.ts';

export const fiftyEmptyMapsInAChainAreRefused: Deviation = {
  id: 'fifty-empty-maps-in-a-chain-are-refused',
  title: 'A run cannot start if its input makes fifty maps in a row empty.',
  documented: {
    says: 'However long a chain of maps is, an empty array passes through all of it at once.',
    where: '@pgflow/core 0.8.1, README, "Edge Cases and Special Behaviors", 1',
  },
  happens:
    'The cascade stops with an error (P0001) after 50 iterations. The last iteration, which finds nothing to do, counts too. So 49 empty maps in a row complete, and with 50 the start is refused. The shortest trace has 52 commands, because it has to define a chain of fifty.',
  upstream: [],
  traces: {
    '0.8.1': in081(
      { type: 'create_flow', flow_slug: 'f' },
      ...Array.from({ length: 50 }, (_, i) => ({
        type: 'add_step' as const,
        flow_slug: 'f',
        step_slug: `s${i}`,
        deps_slugs: i === 0 ? [] : [`s${i - 1}`],
        step_type: 'map',
      })),
      { type: 'start_flow', flow_slug: 'f', input: [] },
    ),
  },
};
