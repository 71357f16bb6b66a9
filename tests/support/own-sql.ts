/** What projects have of their own around pgflow: migrations that are tried again and again. */

const trigger = (name: string, when: string, body: string) => `
  create function pgflow.${name}() returns trigger language plpgsql as $$ begin ${body} return new; end $$;
  create trigger ${name} after ${when} execute function pgflow.${name}();`;

/** Something that happens when a run is completed. */
export const onRunDone = (body: string) =>
  trigger('on_run_done', `update on pgflow.runs for each row when (new.status = 'completed')`, body);

/** The first call out of the database. */
export const webhook = onRunDone(`
  perform net.http_post(url := 'https://example.com/hook', body := jsonb_build_object('run', new.run_id));`);

/**
 * Tables, columns, a sequence, a queue and functions that pgflow does not have. They are changed by whatever happens to
 * a run; `more` is done there as well.
 */
export const additions = (more = '') => `
  create table pgflow.my_config (name text primary key, value integer);
  insert into pgflow.my_config values ('count', 0), ('untouched', 7);
  create table pgflow.my_log (id bigint primary key generated always as identity, run_id uuid, count integer);
  create sequence pgflow.my_counter;
  alter table pgflow.runs add column note text default 'x', add column tries integer;
  alter table pgflow.step_states add column output jsonb default '{"a": 1}';
  alter table pgflow.step_tasks add column shard integer generated always as identity;
  create index by_note on pgflow.runs (note);
  create view pgflow.open_runs as select * from pgflow.runs where status = 'started';
  select pgmq.create('my_events');
  select pgflow.create_flow('greet');
  ${trigger(
    'log_run',
    'insert or update on pgflow.runs for each row',
    `
    update pgflow.my_config set value = value + 1 where name = 'count';
    insert into pgflow.my_log (run_id, count) select new.run_id, value from pgflow.my_config where name = 'count';
    perform nextval('pgflow.my_counter');
    perform pgmq.send('my_events', to_jsonb(new));
    ${more}`,
  )}`;
