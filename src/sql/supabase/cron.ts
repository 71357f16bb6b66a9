/** Our stand-in for pg_cron: jobs are kept in a table and never run. */
import { emptyExtension, type StandIn } from './stand-in.ts';

export const cron: StandIn = {
  name: 'cron',
  namedBy: /\b(pg_)?cron\b/i,
  sql: `
    ${emptyExtension('pg_cron')}
    create schema cron;
    create table cron.job (
      jobid bigint primary key generated always as identity,
      schedule text not null, command text not null,
      nodename text not null default 'localhost', nodeport integer not null default 5432,
      database text not null default current_database(), username text not null default current_user,
      active boolean not null default true, jobname text,
      unique (jobname, username)
    );
    create table cron.job_run_details (
      jobid bigint, runid bigint primary key generated always as identity, job_pid integer,
      database text, username text, command text, status text, return_message text,
      start_time timestamptz, end_time timestamptz
    );

    create function cron.schedule(job_name text, schedule text, command text) returns bigint language sql as $$
      select supabase.record('cron.schedule', jsonb_build_object(
        'job_name', schedule.job_name, 'schedule', schedule.schedule, 'command', schedule.command));
      insert into cron.job (jobname, schedule, command)
      values (schedule.job_name, schedule.schedule, schedule.command)
      on conflict (jobname, username) do update set schedule = excluded.schedule, command = excluded.command
      returning jobid;
    $$;
    create function cron.schedule(schedule text, command text) returns bigint language sql as $$
      select cron.schedule(null, schedule.schedule, schedule.command);
    $$;
    create function cron.unschedule(job_id bigint) returns boolean language plpgsql as $$
    begin
      delete from cron.job where jobid = unschedule.job_id;
      if not found then raise exception 'there is no job %', unschedule.job_id; end if;
      perform supabase.record('cron.unschedule', jsonb_build_object('job_id', unschedule.job_id));
      return true;
    end $$;
    create function cron.unschedule(job_name text) returns boolean language plpgsql as $$
    begin
      delete from cron.job where jobname = unschedule.job_name and username = current_user;
      if not found then raise exception 'there is no job %', unschedule.job_name; end if;
      perform supabase.record('cron.unschedule', jsonb_build_object('job_name', unschedule.job_name));
      return true;
    end $$;`,
};
