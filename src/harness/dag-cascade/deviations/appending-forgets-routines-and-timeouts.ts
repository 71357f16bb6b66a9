import type { Deviation } from '../../contract/deviation.ts';
import { commands, configureFlow } from './traces.ts';

export const appendingForgetsRoutinesAndTimeouts: Deviation = {
  id: 'appending-forgets-routines-and-timeouts',
  title: 'Appending to a flow forgets the routines and the time-outs of nodes.',
  documented: {
    says: 'With _append, a configuration is added to what is there.',
    where: 'merlinm/pgflow at b378f7d, flow_server.sql, the parameter _append of configure_flow',
  },
  happens:
    'Most options of a node that is named again stay as they are. But routine, node_routine, step_routine, node_timeout and step_timeout are set to NULL unless they are named again.',
  upstream: [],
  traces: {
    '1.0': commands(configureFlow({ node: 'a', routine: 'r' }), {
      ...configureFlow({ node: 'a' }),
      _append: true,
    }),
  },
};
