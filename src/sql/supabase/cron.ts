/** Our stand-in for pg_cron: jobs are kept in a table and never run. */
import { emptyExtension, recordChanges, type StandIn, withinStandIn } from './stand-in.ts';

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

    create function cron.schedule(job_name text, schedule text, command text) returns bigint language sql
    ${withinStandIn} as $$
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
    create function cron.unschedule(job_id bigint) returns boolean language plpgsql
    ${withinStandIn} as $$
    begin
      delete from cron.job where jobid = unschedule.job_id;
      if not found then raise exception 'there is no job %', unschedule.job_id; end if;
      perform supabase.record('cron.unschedule', jsonb_build_object('job_id', unschedule.job_id));
      return true;
    end $$;
    create function cron.unschedule(job_name text) returns boolean language plpgsql
    ${withinStandIn} as $$
    begin
      delete from cron.job where jobname = unschedule.job_name and username = current_user;
      if not found then raise exception 'there is no job %', unschedule.job_name; end if;
      perform supabase.record('cron.unschedule', jsonb_build_object('job_name', unschedule.job_name));
      return true;
    end $$;
    create function cron.schedule_in_database(
      job_name text, schedule text, command text, database text, username text default null, active boolean default true
    ) returns bigint language sql ${withinStandIn} as $$
      select supabase.record('cron.schedule_in_database', jsonb_build_object(
        'job_name', job_name, 'schedule', schedule_in_database.schedule, 'command', schedule_in_database.command,
        'database', schedule_in_database.database, 'username', schedule_in_database.username,
        'active', schedule_in_database.active));
      insert into cron.job (jobname, schedule, command, database, username, active) values (
        job_name, schedule_in_database.schedule, schedule_in_database.command, schedule_in_database.database,
        coalesce(schedule_in_database.username, current_user), schedule_in_database.active)
      on conflict (jobname, username) do update set
        schedule = excluded.schedule, command = excluded.command, database = excluded.database, active = excluded.active
      returning jobid;
    $$;
    create function cron.alter_job(
      job_id bigint, schedule text default null, command text default null, database text default null,
      username text default null, active boolean default null
    ) returns void language plpgsql ${withinStandIn} as $$
    begin
      update cron.job as job set
        schedule = coalesce(alter_job.schedule, job.schedule), command = coalesce(alter_job.command, job.command),
        database = coalesce(alter_job.database, job.database), username = coalesce(alter_job.username, job.username),
        active = coalesce(alter_job.active, job.active)
      where jobid = job_id;
      if not found then raise exception 'there is no job %', job_id; end if;
      perform supabase.record('cron.alter_job', jsonb_strip_nulls(jsonb_build_object(
        'job_id', job_id, 'schedule', alter_job.schedule, 'command', alter_job.command,
        'database', alter_job.database, 'username', alter_job.username, 'active', alter_job.active)));
    end $$;
    ${recordChanges('cron.job', ['jobid'])}
    ${recordChanges('cron.job_run_details', ['runid', 'job_pid', 'start_time', 'end_time'])}`,
};
