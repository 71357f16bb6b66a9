/** Back to a database just after installing. */
import type { Query } from '../driver.ts';
import { asOrigin, asReplica, restoreInstalled } from '../installed-state.ts';

/** Triggers and foreign keys would undo each other's work. */
export const resetDagCascade: readonly Query[] = [asReplica, restoreInstalled, asOrigin];
