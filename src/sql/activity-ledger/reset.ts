/** Back to a database just after installing. */
import type { Query } from '../driver.ts';
import { asOrigin, asReplica, restoreInstalled } from '../installed-state.ts';

export const resetLedger: readonly Query[] = [asReplica, restoreInstalled, asOrigin];
