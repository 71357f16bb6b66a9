/** Commands as lines of SQL, in the words of a release. */
import type { Services } from '../contract/services.ts';
import type { Describe } from '../report/text.ts';
import { findRelease } from '../services.ts';

export function describerOf(engine: string, release: string, services: Services): Describe {
  const { machine } = findRelease(engine, release, services);
  return machine.describe.bind(machine);
}
