/** Executors of state machines: their releases, and where they differ from the states language. */
import type { AnyRelease, Engine } from '../contract/engine.ts';
import { stateMachineDeviations } from './deviations/index.ts';
import { fornextUnderTest } from './fornext/release.ts';
import { statesLanguageUnderTest } from './states-language/release.ts';

export const stateMachine: Engine = {
  name: 'state-machine',
  releases: [fornextUnderTest, statesLanguageUnderTest] as unknown as AnyRelease[],
  deviations: stateMachineDeviations,
};
