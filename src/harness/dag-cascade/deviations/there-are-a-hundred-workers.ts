import type { Deviation } from '../../contract/deviation.ts';
import { commands } from './traces.ts';

export const thereAreAHundredWorkers: Deviation = {
  id: 'there-are-a-hundred-workers',
  title: 'There are a hundred workers, not twenty.',
  documented: {
    says: 'At most twenty tasks run at the same time, by default.',
    where: 'leaselock/pgasync at a92817c, README.md, "workers"',
  },
  happens: 'The default is a hundred, and so is the number of connections that may be opened.',
  upstream: [],
  traces: { '1.0': commands({ type: 'start_orchestrator' }) },
};
