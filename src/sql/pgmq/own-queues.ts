/** Queues that a project made for itself, in between those of an engine: they outlive a reset, which drops all others. */

/** Stands in the comment of their tables. */
const mark = 'a queue of the project';

const isQueueToDrop = (alias: string) => `${alias}.relnamespace = 'pgmq'::regnamespace
  and ${alias}.relkind = 'r' and ${alias}.relname ~ '^[qa]_'
  and obj_description(${alias}.oid, 'pg_class') is distinct from '${mark}'`;

/** On `pg_class`: the table of a queue that a reset drops. */
export const isDropped = isQueueToDrop('pg_class');

/** On `pg_class`: the same, or the sequence of one. */
export const isDroppedAlong = `(${isDropped}) or exists (
  select from pg_catalog.pg_depend join pg_catalog.pg_class as queue on queue.oid = refobjid
  where classid = 'pg_catalog.pg_class'::regclass and objid = pg_class.oid and pg_class.relkind = 'S'
    and refclassid = 'pg_catalog.pg_class'::regclass and ${isQueueToDrop('queue')})`;

/** On `pgmq.meta`: the row of such a queue. */
export const isOfProject = `coalesce(
  obj_description(to_regclass(format('pgmq.%I', 'q_' || lower(queue_name))), 'pg_class') = '${mark}', false)`;

/** Marks the queues of whose name `isOwn` holds: a condition on `queue_name`. */
export const keepQueues = (isOwn: string, needs: string) => ({
  name: 'queues of the project',
  sql: `
    do $$
    declare
      queue text;
    begin
      -- Where a migration has dropped it, that is told later, in words.
      if to_regclass('${needs}') is null then return; end if;
      for queue in select name from pgmq.meta, unnest(array['q_', 'a_']) as prefix,
          format('pgmq.%I', prefix || lower(queue_name)) as name
        where to_regclass(name) is not null and (${isOwn})
      loop
        execute format('comment on table %s is %L', queue, '${mark}');
      end loop;
    end $$;`,
});
