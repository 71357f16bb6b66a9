/** pgmq drawn: its queues, and when each message can be read. */
import type { Drawing, DrawnMessage, DrawnQueue } from '../contract/drawing.ts';
import type { Observation } from '../contract/observation.ts';

const queuePrefix = 'pgmq.q_';
const archiveOf = (table: string) => table.replace(queuePrefix, 'pgmq.a_');

/** Every queue, empty ones included; `labelOf` says in a few words what a message is about. */
export function drawQueues(
  observation: Observation,
  labelOf: (message: unknown) => string,
): readonly DrawnQueue[] {
  return (
    [...observation]
      // The sequence of a queue begins with the same letters, but has no archive.
      .filter(([table]) => table.startsWith(queuePrefix) && observation.has(archiveOf(table)))
      .map(([table, rows]) => ({
        name: table.slice(queuePrefix.length),
        messages: rows.map(
          (row): DrawnMessage => ({
            id: String(row.msg_id),
            label: labelOf(row.message),
            enqueuedAt: row.enqueued_at as number,
            visibleAt: row.vt as number,
            reads: row.read_ct as number,
          }),
        ),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  );
}

/** The names of columns tell, in all tables and all that is returned. */
export function columnType(column: string): ReturnType<Drawing['columnType']> {
  if (column === 'vt' || column.endsWith('_at')) return 'instant';
  return column === 'message' || column === 'headers' ? 'jsonb' : 'other';
}

/** The tables and the sequence of a queue; other tables have no other name. */
export function tableTitle(table: string): string | undefined {
  const [, sequence] = /^q_(.+)_msg_id_seq$/s.exec(table) ?? [];
  if (sequence !== undefined) return `message ids of queue ${sequence}`;
  const [, kind, queue] = /^([qa])_(.+)$/s.exec(table) ?? [];
  if (queue === undefined) return undefined;
  return kind === 'q' ? `queue ${queue}` : `archive of ${queue}`;
}

/** A message of which nothing is known is shown by its beginning. */
export function briefly(message: unknown): string {
  const text = JSON.stringify(message) ?? 'SQL NULL';
  return text.length > 32 ? `${text.slice(0, 31)}…` : text;
}

export const pgmqDrawing: Drawing = {
  graphs: () => [],
  runs: () => [],
  queues: (observation) => drawQueues(observation, briefly),
  columnType,
  tableTitle,
};
