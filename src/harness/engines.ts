/** The one list that names engines: a new engine is a line here. */

import { activityLedger } from './activity-ledger/engine.ts';
import type { Engine } from './contract/engine.ts';
import { dagCascade } from './dag-cascade/engine.ts';
import { eventStore } from './event-store/engine.ts';
import { pgflow } from './pgflow/engine.ts';
import { pgmq } from './pgmq/engine.ts';
import { stateMachine } from './state-machine/engine.ts';

export const engines: readonly Engine[] = [
  pgflow,
  pgmq,
  eventStore,
  dagCascade,
  activityLedger,
  stateMachine,
];

/** The one that is meant where none is named. */
export const defaultEngine = pgflow.name;
