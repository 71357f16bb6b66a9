/** What a consumer tells the database about an event that it was given. */
import type { Row } from '../../../../model/kernel/transition.ts';
import type { Database } from '../database/database.ts';
import type { ResolvedRemedy } from './consume-options.ts';

interface Reader {
  readonly number: number;
  readonly view: string;
}

export async function acknowledge(database: Database, { number, view }: Reader, row: Row): Promise<void> {
  const v_decider_id = row.decider_id as string;
  const v_offset = row.offset as number;
  await database.execute({ type: 'ack_event', v_view: view, v_decider_id, v_offset }, number);
}

/** It was not handled. */
export async function giveBack(
  database: Database,
  { number, view }: Reader,
  row: Row,
  remedy: Exclude<ResolvedRemedy, 'ack'>,
): Promise<void> {
  const partition = { v_view: view, v_decider_id: row.decider_id as string };
  if (remedy === 'leave') return;
  if (remedy === 'nack') await database.execute({ type: 'nack_event', ...partition }, number);
  else await database.execute({ type: 'schedule_nack_event', ...partition, v_milliseconds: remedy }, number);
}
