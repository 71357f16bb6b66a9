/** The event store: a release for each type of ids, its registry of deviations, and how two schemas are compared. */
import { tellIdType } from '../../sql/event-store/install.ts';
import type { AnyRelease, Engine } from '../contract/engine.ts';
import { eventStoreDeviations } from './deviations/index.ts';
import { eventStoreDiff } from './diff.ts';
import { eventStoreTextUnderTest, eventStoreUuidUnderTest } from './release.ts';

export const eventStore: Engine = {
  name: 'event-store',
  releases: [eventStoreUuidUnderTest, eventStoreTextUnderTest] as unknown as AnyRelease[],
  deviations: eventStoreDeviations,
  diff: eventStoreDiff,
  tellReleaseOfSchema: tellIdType,
};
