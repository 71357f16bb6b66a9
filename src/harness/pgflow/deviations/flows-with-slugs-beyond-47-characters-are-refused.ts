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
    'That is what the CHECK of the table allows, but the flow is named like its queue, and pgmq takes 47 characters at most for that: create_flow is refused (P0001). Steps may be called as documented.',
  upstream: [],
  traces: { '0.8.1': in081({ type: 'create_flow', flow_slug: 'f'.repeat(48) }) },
};
