/** How a transaction is undone for which no statement was refused. */
import type { EventStoreStatement } from '../../../../model/event-store/commands.ts';

/** No text can hold U+0000, so everybody refuses it: behind it, everything before it is undone, as after ROLLBACK. */
export const rollback: EventStoreStatement = { type: 'get_events', v_decider_id: null, v_decider: '\0' };

export const isRollback = (statement: EventStoreStatement | undefined) =>
  statement?.type === 'get_events' && statement.v_decider_id === null && statement.v_decider === '\0';
