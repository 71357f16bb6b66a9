import type { Deviation } from '../../contract/deviation.ts';
import { commands } from './traces.ts';

export const aRoutineForPoolsIsForgotten: Deviation = {
  id: 'a-routine-for-pools-is-forgotten',
  title: 'The routine for pools is forgotten where it is configured with the flow.',
  documented: {
    says: 'What a flow is configured with stands under the key flow; concurrency_group_routine is a column of it.',
    where:
      'merlinm/pgflow at b378f7d, flow_server.sql, flow.flow_configuration and the first lines of configure_flow',
  },
  happens:
    'It is read from there, and then overwritten with what stands beside that key, which is mostly nothing.',
  upstream: [],
  traces: {
    '1.0': commands({
      type: 'configure_flow',
      _flow_name: 'f',
      _configuration: { flow: { concurrency_group_routine: 'pool' } },
    }),
  },
};
