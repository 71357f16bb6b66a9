/** Back to a database just after installing. No command makes a queue: the one there is is emptied like any table. */
import type { Query } from '../driver.ts';
import { asOrigin, asReplica, restoreInstalled } from '../installed-state.ts';

export const resetStateMachine: readonly Query[] = [asReplica, restoreInstalled, asOrigin];
