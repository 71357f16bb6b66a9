/** What a simulation of pgflow has executed so far, as a trace. */
import type { PgflowCommand } from '../../../../model/pgflow/0.8.1/commands.ts';
import type { TwinTrace } from '../../../twin/trace.ts';

export type SimulationTrace = TwinTrace<PgflowCommand, 'pgflow', '0.8.1'>;
