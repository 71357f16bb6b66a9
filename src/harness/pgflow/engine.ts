/** pgflow: its releases, its registry of deviations, and how two of its installations are compared. */
import { tellRelease } from '../../sql/pgflow/directory.ts';
import type { AnyRelease, Engine } from '../contract/engine.ts';
import { pgflow0120OnPgmq111UnderTest, pgflow0120UnderTest } from './0.1.20/release.ts';
import { pgflow081UnderTest } from './0.8.1/release.ts';
import { pgflowDeviations } from './deviations/index.ts';
import { pgflowDiff } from './diff.ts';

export const pgflow: Engine = {
  name: 'pgflow',
  releases: [
    pgflow0120OnPgmq111UnderTest,
    pgflow0120UnderTest,
    pgflow081UnderTest,
  ] as unknown as AnyRelease[],
  deviations: pgflowDeviations,
  diff: pgflowDiff,
  tellRelease: (_, directory, modelled) => tellRelease(directory, modelled),
};
