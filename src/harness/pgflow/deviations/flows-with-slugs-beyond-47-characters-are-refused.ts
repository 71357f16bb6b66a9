import type { Deviation } from '../../contract/deviation.ts';
import { in081 } from './traces.ts';

export const flowsWithSlugsBeyond47CharactersAreRefused: Deviation = {
  id: 'flows-with-slugs-beyond-47-characters-are-refused',
  title: 'A flow whose slug has more than 47 characters cannot be created.',
  documented: {
    says: 'Slugs of flows and steps may have 128 characters.',
    where: 'documentation at 0.8.1, concepts/data-model, "Slugs as Identifiers"',
  },
  happens:
    'The CHECK of the table allows 128. But the queue has the name of the flow, and pgmq allows at most 47 characters for a queue. So create_flow is refused (P0001). Slugs of steps may have 128 characters.',
  upstream: [],
  traces: { '0.8.1': in081({ type: 'create_flow', flow_slug: 'f'.repeat(48) }) },
};
