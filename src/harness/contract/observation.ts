/** A whole state as tables, as both sides give it. */
import type { Row } from '../../model/kernel/transition.ts';

/**
 * By qualified name (`pgflow.runs`, `pgmq.q_greet`) the rows, sorted by the table's key ({@link Comparison.key}). Both
 * sides produce one; the lockstep compares them column by column.
 */
export type Observation = ReadonlyMap<string, readonly Row[]>;
