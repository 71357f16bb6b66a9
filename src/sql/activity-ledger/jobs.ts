/** Jobs, hooks and the writes of a process, as both releases have them. */
export const jobs = `
-- In a test, whoever writes can come to an end before a write, or after the last one.
create function ledger.outlast() returns void language plpgsql as $$
begin
  if current_setting('ledger.writes_left') = '0' then
    raise exception using errcode = 'LED01', message = 'the process has ended';
  end if;
end
$$;

-- Before each write, which is a transaction of its own.
create function ledger.begin_write() returns void language plpgsql as $$
begin
  perform ledger.outlast();
  perform set_config('ledger.writes_left', (current_setting('ledger.writes_left')::integer - 1)::text, false);
end
$$;

-- Null: nobody comes to an end.
create function ledger.begin_process(_crash_after integer) returns void language sql as $$
  select set_config('ledger.writes_left', coalesce(_crash_after, -1)::text, false)
$$;

-- Nothing is left of one after its time.
create view ledger.live_jobs as select * from ledger.jobs where (expires_at <= now()) is not true;

-- Why a message is not for a job, if so: there is none, or it is another one of the same name.
create function ledger.unfit(_job ledger.jobs, _message ledger.messages) returns text language sql immutable as $$
  select case when _job.jid is null then 'not-found' when _job.gid is distinct from _message.gid then 'generation' end
$$;

-- Surprise: what has no code follows whatever came, also an error.
create function ledger.children_of(_aid text, _code integer) returns table (child text, place integer)
language sql stable as $$
  select child, place from ledger.transitions where parent = _aid and (code = _code) is not false
$$;

-- Whoever waits for its end is notified.
create function ledger.tell_parent(_jid text) returns void language sql as $$
  insert into ledger.messages (kind, jid, gid, aid, dad, status, code)
  select 'result', parent_jid, parent_gid, parent_aid, parent_dad,
    case when error_code is null then 'success' else 'error' end, coalesce(error_code, 200)
  from ledger.jobs
  where jid = _jid and parent_jid is not null and not is_severed
$$;

-- It is over, and expires after so many seconds.
create function ledger.end_job(_jid text, _expire integer) returns void language sql as $$
  update ledger.jobs
  set completions = completions + 1,
    expires_at = case when _expire > 0 then now() + make_interval(secs => _expire) else expires_at end
  where jid = _jid
$$;

-- As if its activity had answered so.
create procedure ledger.fail(_message ledger.messages) language plpgsql as $$
begin
  perform ledger.begin_write();
  insert into ledger.messages (kind, topic, jid, gid, aid, dad, status, code)
  values ('response', _message.topic, _message.jid, _message.gid, _message.aid, _message.dad, 'error', 500);
  commit;
end
$$;

-- The first hook that was deployed with a topic is meant by its signals.
create function ledger.hook_of(_topic text) returns text language sql stable as $$
  select aid from ledger.activities where kind = 'hook' and topic = _topic order by place
$$;

-- Gives whether there is a hook.
create function ledger.send_signal(_topic text, _code integer) returns boolean
language plpgsql as $$
begin
  insert into ledger.messages (kind, topic, aid, status, code)
  select 'webhook', _topic, aid, case _code when 202 then 'pending' else 'success' end, _code
  from ledger.hook_of(_topic) as aid
  where aid is not null;
  return found;
end
$$;

-- Surprise: a sleep ends where the clock is a multiple of five seconds, so up to that much too early. Gives that instant
-- where nobody is woken then yet.
create function ledger.note_timer(_job ledger.jobs, _dad text, _activity ledger.activities) returns timestamptz
language plpgsql as $$
declare
  own_due timestamptz := to_timestamp(
    floor(extract(epoch from now() + make_interval(secs => _activity.sleep)) / 5) * 5
  );
  is_first boolean := not exists (select from ledger.timers where due = own_due);
begin
  insert into ledger.timers (due, jid, gid, aid, dad) values (own_due, _job.jid, _job.gid, _activity.aid, _dad);
  return case when is_first then own_due end;
end
$$;

-- Only of such an instant anybody is woken.
create function ledger.schedule_slot(_due timestamptz) returns void language sql as $$
  insert into ledger.slots values (_due)
$$;

-- Surprise: whoever waits for it already goes on to do so, of whichever job, and the other waits for ever.
create function ledger.note_hook(_job ledger.jobs, _dad text, _activity ledger.activities) returns void
language sql as $$
  delete from ledger.hooks where topic = _activity.topic and expires_at <= now();
  insert into ledger.hooks (topic, jid, gid, aid, dad, expires_at)
  -- Of several activities with a topic, the first is meant, whichever has come.
  select _activity.topic, _job.jid, _job.gid, ledger.hook_of(_activity.topic), _dad,
    now() + make_interval(secs => greatest(expire, 3600))
  from ledger.flows
  where flow = _job.flow
  on conflict do nothing
$$;
`;
