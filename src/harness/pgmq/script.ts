/** Queues in a script without variables, within one transaction. */
import type { Row } from '../../model/kernel/transition.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { ScriptClock, ScriptSupport } from '../contract/telling.ts';

/**
 * Visibility by the clock of the trace. What a message is due at is told by how far ahead its time is, in the whole
 * seconds that pgmq takes, when the command that set it has just ended. It is shown to the next command as of the
 * transaction's start where it is due, since some functions go by that; else as far ahead as it is, and a little more,
 * for the time that the statement takes to get there.
 */
export const queueClock: ScriptClock = {
  setup: [
    '',
    '-- Messages go by the clock of the test, which stands still between two commands: what is not due cannot be read.',
    'create temporary table due (queue text, msg_id bigint, sent_ms bigint, ms bigint, sent_at timestamptz, vt timestamptz,',
    '  primary key (queue, msg_id));',
    `create function pg_temp.clock_is(now_ms bigint, ended_ms bigint) returns void language plpgsql as $clock$
declare
  queue text;
begin
  for queue in select distinct 'q_' || lower(queue_name) from pgmq.meta loop
    execute format($q$
      insert into pg_temp.due
        select %1$L, msg_id, $1, $1 + 1000 * round(extract(epoch from vt - clock_timestamp())), enqueued_at, null
        from pgmq.%1$I as found
        where not exists (
          select from pg_temp.due as known
          where known.queue = %1$L and known.msg_id = found.msg_id and known.vt = found.vt)
        on conflict (queue, msg_id) do update set ms = excluded.ms,
          sent_ms = case when due.sent_at = excluded.sent_at then due.sent_ms else excluded.sent_ms end$q$,
      queue) using ended_ms;
    -- No age goes beyond a hundred years.
    execute format($q$
      update pgmq.%1$I as message set
          enqueued_at = now() - least($1 - due.sent_ms, 3155760000000) * interval '1 millisecond',
          vt = case when due.ms <= $1 then now()
            else clock_timestamp() + (due.ms - $1 + 50) * interval '1 millisecond' end
        from pg_temp.due where due.queue = %1$L and due.msg_id = message.msg_id$q$, queue) using now_ms;
    execute format($q$
      update pg_temp.due set vt = message.vt, sent_at = message.enqueued_at from pgmq.%1$I as message
        where due.queue = %1$L and due.msg_id = message.msg_id$q$, queue);
  end loop;
end
$clock$;`,
  ],
  at(observation, now, ended) {
    const isAny = [...observation].some(
      ([table, rows]) => table.startsWith('pgmq.q_') && rows.length > 0 && isQueue(table, rows),
    );
    return isAny ? [`do $$ begin perform pg_temp.clock_is(${now}, ${ended}); end $$;`] : [];
  },
  dues(table, rows, startedAt, ended) {
    if (!table.startsWith('pgmq.q_') || !isQueue(table, rows) || rows.length === 0) return undefined;
    const name = table.slice('pgmq.'.length);
    // What is due already may have been so for any time.
    return {
      query: `select coalesce(to_jsonb(each.message), 'null'), greatest(due.ms, ${ended}) from pgmq."${name.replaceAll('"', '""')}" as each join pg_temp.due on due.queue = '${name.replaceAll("'", "''")}' and due.msg_id = each.msg_id`,
      rows: rows.map(({ message, vt }) => [message ?? null, Math.max((vt as number) - startedAt, ended)]),
    };
  },
};

/** A queue may be called as if it were the sequence of another, which is one row of one value. */
export const isQueue = (table: string, rows: readonly Row[]) =>
  /^pgmq\.[qa]_/.test(table) && !(rows[0] && 'last_value' in rows[0]);

export function pgmqScript<Command extends AnyCommand>(): ScriptSupport<Command> {
  return {
    withId: (command) => ({ command, setup: [] }),
    clock: queueClock,
    isAsserted: isQueue,
    // Whatever is sent at once is numbered in its order.
    rank: () => undefined,
  };
}
