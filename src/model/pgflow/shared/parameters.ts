/** Parameters that the functions of every release have, by the SQL's own names. */
import { indexedText, int4, uuid } from '../../parameters/sql-types.ts';

/** Indexes have them, also where no flow of that name is there to be referred to. */
export const flow_slug = indexedText.nullable();
export const step_slug = indexedText.nullable();
export const run_id = uuid.nullable();
export const task_index = int4.nullable();
/** Left out, the SQL's default; null, SQL NULL. */
export const option = int4.nullable().optional();
/** `timeout` and `base_delay` are seconds. */
export const options = { max_attempts: option, base_delay: option, timeout: option };
