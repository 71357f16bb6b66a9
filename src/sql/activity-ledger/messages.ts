/** What is asked of jobs: messages are delivered, work is answered, jobs are begun and interrupted. */
export const messages = `
-- Gives why it cannot be done, if so. It is kept for so many seconds then.
create procedure ledger.interrupt_job(_jid text, _expire integer, inout why text) language plpgsql as $$
declare
  job ledger.jobs;
begin
  select * into job from ledger.live_jobs where jid = _jid;
  if not found then
    why := 'not found';
    return;
  end if;
  if job.status <= 0 then
    why := 'already completed';
    return;
  end if;
  perform ledger.begin_write();
  update ledger.jobs set status = status - 1000000000 where jid = _jid;
  commit;
  perform ledger.begin_write();
  update ledger.jobs set error_code = 410 where jid = _jid;
  commit;
  -- Surprise: of one whose trigger has not written what it is, nobody knows whom to notify.
  if job.gid is null then
    why := 'half';
    return;
  end if;
  call ledger.complete_job(_jid, _expire);
end
$$;

-- Surprise: it is kept for a second, however long its flow says.
create procedure ledger.interrupt(
  _jid text, _crash_after integer = null, inout outcome text = null, inout value bigint = null
) language plpgsql as $$
declare
  why text;
begin
  perform ledger.begin_process(_crash_after);
  call ledger.interrupt_job(_jid, 1, why);
  if why <> 'half' then
    raise exception 'Job % %', _jid, why;
  end if;
  outcome := case when why is null then 'done' else 'failed' end;
  perform ledger.outlast();
end
$$;

create procedure ledger.trigger(
  _flow text, _jid text, _guid text = null, _crash_after integer = null,
  inout outcome text = null, inout value bigint = null
) language plpgsql as $$
begin
  perform ledger.begin_process(_crash_after);
  if not exists (select from ledger.flows where flow = _flow) then
    raise exception 'no flow %', _flow;
  end if;
  call ledger.begin_job(_flow, _jid, _guid, null, false, outcome);
  perform ledger.outlast();
end
$$;

-- The message names the activity that waits, which gets an error where its child cannot be begun.
create procedure ledger.begin_child(_message ledger.messages, inout outcome text) language plpgsql as $$
declare
  activity ledger.activities;
begin
  select * into activity from ledger.activities where aid = _message.aid;
  if not exists (select from ledger.flows where flow = activity.starts) then
    outcome := 'failed';
  else
    call ledger.begin_job(
      activity.starts, coalesce(activity.child, _message.jid || '.' || _message.aid), _message.guid, _message,
      not activity.awaits, outcome
    );
  end if;
  if outcome = 'failed' or (outcome = 'duplicate-job' and ledger.reports_duplicates()) then
    call ledger.fail(_message);
  end if;
end
$$;

-- Surprise: a signal is used up by what it finds, also where nothing comes of it; but one with another code than 200 is not.
create procedure ledger.answer_hook(_message ledger.messages, inout outcome text, inout value bigint)
language plpgsql as $$
declare
  message ledger.messages := _message;
  hook ledger.hooks;
begin
  select * into hook
  from ledger.hooks
  where topic = _message.topic and expires_at > now();
  if not found then
    outcome := 'no-hook';
    return;
  end if;
  message.jid := hook.jid;
  message.gid := hook.gid;
  message.dad := hook.dad;
  call ledger.process_event(message, outcome, value);
  if _message.code = 200 then
    perform ledger.begin_write();
    delete from ledger.hooks where topic = _message.topic;
    commit;
  end if;
end
$$;

-- It stays where its acknowledgement is lost, or where the process ends before.
create procedure ledger.deliver(
  _message_id bigint, _keep boolean = false, _crash_after integer = null,
  inout outcome text = null, inout value bigint = null
) language plpgsql as $$
declare
  message ledger.messages;
begin
  perform ledger.begin_process(_crash_after);
  select * into message from ledger.messages where message_id = _message_id and kind <> 'work';
  if not found then
    outcome := 'no-message';
    perform ledger.outlast();
    return;
  end if;
  if message.kind = 'transition' then
    call ledger.begin_activity(message, outcome, value);
  elsif message.kind = 'await' then
    call ledger.begin_child(message, outcome);
  elsif message.kind = 'webhook' then
    call ledger.answer_hook(message, outcome, value);
  else
    call ledger.process_event(message, outcome, value);
  end if;
  perform ledger.outlast();
  if not _keep then
    delete from ledger.messages where message_id = _message_id;
  end if;
end
$$;

-- Surprise: what is delivered again is answered again, by another guid, so that both answers count. And an error without a
-- code breaks whoever works, and the work stays.
create function ledger.work(
  _message_id bigint, _status text, _code integer = null, _keep boolean = false, out outcome text
) language plpgsql as $$
declare
  message ledger.messages;
begin
  select * into message from ledger.messages where message_id = _message_id and kind = 'work';
  if not found then
    outcome := 'no-message';
    return;
  end if;
  if _status = 'error' and _code is null then
    outcome := 'failed';
    return;
  end if;
  insert into ledger.messages (kind, topic, jid, gid, aid, dad, status, code)
  values ('response', message.topic, message.jid, message.gid, message.aid, message.dad, _status, _code);
  if not _keep then
    delete from ledger.messages where message_id = _message_id;
  end if;
  outcome := 'done';
end
$$;

create function ledger.signal(_topic text, _code integer = 200) returns void language plpgsql as $$
begin
  if not ledger.send_signal(_topic, _code) then
    raise exception 'no hook has topic %', _topic;
  end if;
end
$$;

-- Surprise: only then the name of a job is free again.
create function ledger.scrub(_jid text, out outcome text) language plpgsql as $$
begin
  delete from ledger.jobs where jid = _jid;
  outcome := case when found then 'done' else 'not-found' end;
  if found then
    delete from ledger.activity_ledgers where jid = _jid;
    delete from ledger.guid_ledgers where jid = _jid;
  end if;
end
$$;

-- Those whose time has come, instant by instant.
create function ledger.tick() returns void language sql as $$
  with due as (
    delete from ledger.slots where due <= now() returning due
  ), woken as (
    delete from ledger.timers using due where timers.due = due.due returning timers.*
  )
  insert into ledger.messages (kind, jid, gid, aid, dad)
  select 'timehook', jid, gid, aid, dad from woken order by due, timer_id
$$;
`;
