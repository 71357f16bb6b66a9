/** The DAG cascade of merlinm/pgflow over pgasync: its one release, its registry of deviations, and how two of its kind are compared. */
import type { AnyRelease, Engine } from '../contract/engine.ts';
import { dagCascadeDeviations } from './deviations/index.ts';
import { dagCascadeDiff } from './diff.ts';
import { dagCascadeUnderTest } from './release.ts';

export const dagCascade: Engine = {
  name: 'dag-cascade',
  releases: [dagCascadeUnderTest as unknown as AnyRelease],
  deviations: dagCascadeDeviations,
  diff: dagCascadeDiff,
  tellReleaseOfSchema: async () => dagCascadeUnderTest.release,
};
