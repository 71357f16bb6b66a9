/** The commands of a twin as a trace. */
import type { DagCascadeCommand } from '../../../../model/dag-cascade/commands.ts';
import type { TwinTrace } from '../../../twin/trace.ts';

export const engine = 'dag-cascade';
export const release = '1.0';

export type DagCascadeTrace = TwinTrace<DagCascadeCommand, typeof engine, typeof release>;
