/** What becomes of messages: activities are begun, and entered again. */
export const activities = `
-- Whether an activity gets an error that could not begin its child, as a job of that name is there.
create function ledger.reports_duplicates() returns boolean language sql immutable as $$
  select true
$$;

-- Of what a cycle may enter again.
create function ledger.can_be_cycled(_aid text) returns boolean language sql immutable as $$
  select true
$$;

-- Leg 2: what comes back to an activity that waits. A fault is swallowed, whichever it is.
create procedure ledger.process_event(_message ledger.messages, inout outcome text, inout value bigint)
language plpgsql as $$
declare
  job ledger.jobs;
  activity ledger.activities;
  entered record;
  fault text;
  index integer;
  own_dad text := _message.dad;
  own_code integer := coalesce(_message.code, 200);
  is_pending boolean := _message.status is not distinct from 'pending';
  children bigint;
  expire integer;
begin
  select * into job from ledger.live_jobs where jid = _message.jid;
  outcome := ledger.unfit(job, _message);
  if outcome is not null then
    return;
  end if;
  if job.status <= 0 then
    outcome := 'inactive';
    return;
  end if;
  select * into activity from ledger.activities where aid = _message.aid;
  perform ledger.begin_write();
  select * into entered from ledger.notarize_reentry(job.jid, activity.aid, _message.dad, _message.guid);
  value := entered.value;
  fault := entered.fault;
  commit;
  if fault is not null then
    outcome := fault;
    return;
  end if;

  index := ledger.get_dimensional_index(value);
  if index > 0 then
    own_dad := ledger.without_last_index(own_dad) || ',' || index;
  end if;
  children := (select count(*) from ledger.children_of(activity.aid, own_code));
  perform ledger.begin_write();
  perform ledger.make_ready(job.jid, activity.aid, own_dad, own_code);
  if _message.status = 'error' and children = 0 then
    update ledger.jobs set error_code = own_code where jid = job.jid;
  end if;
  if is_pending then
    perform ledger.notarize_continuation(job.jid, activity.aid, _message.dad);
  else
    perform ledger.notarize_completion(job.jid, activity.aid, _message.dad, activity.cycle);
  end if;
  update ledger.jobs
  set status = status + children - case when is_pending then 0 else 1 end
  where jid = job.jid;
  commit;
  expire := (select flows.expire from ledger.flows where flow = activity.flow);
  call ledger.lead_on(job.jid, activity.aid, own_dad, own_code, expire);
  outcome := 'done';
end
$$;

-- Surprise: an activity that only passes on is never entered again, though its ledger says that it was, once.
create procedure ledger.pass_on(_jid text, _dad text, _activity ledger.activities, _is_ready boolean)
language plpgsql as $$
begin
  perform ledger.begin_write();
  if _is_ready then
    perform ledger.make_ready(_jid, _activity.aid, _dad, 200);
  end if;
  perform ledger.notarize_early_completion(_jid, _activity.aid, _dad, _activity.cycle);
  update ledger.jobs
  set status = status + (select count(*) from ledger.children_of(_activity.aid, 200)) - 1
  where jid = _jid;
  commit;
end
$$;

-- Surprise: a sleep is noted by writes of its own, before the activity can be entered again.
create procedure ledger.wait_for_hook(_job ledger.jobs, _dad text, _activity ledger.activities)
language plpgsql as $$
declare
  slot timestamptz;
begin
  if _activity.topic is null then
    perform ledger.begin_write();
    slot := ledger.note_timer(_job, _dad, _activity);
    commit;
    -- Surprise: a process that ends before this takes all others with it that are woken then.
    if slot is not null then
      perform ledger.begin_write();
      perform ledger.schedule_slot(slot);
      commit;
    end if;
  end if;
  perform ledger.begin_write();
  if _activity.topic is not null then
    perform ledger.note_hook(_job, _dad, _activity);
  end if;
  perform ledger.authorize_reentry(_job.jid, _activity.aid, _dad);
  commit;
end
$$;

-- Leg 1.
create procedure ledger.begin_activity(_message ledger.messages, inout outcome text, inout value bigint)
language plpgsql as $$
declare
  job ledger.jobs;
  activity ledger.activities;
  entered record;
  fault text;
  expire integer;
  why text;
begin
  select * into job from ledger.live_jobs where jid = _message.jid;
  outcome := ledger.unfit(job, _message);
  if outcome is not null then
    return;
  end if;
  select * into activity from ledger.activities where aid = _message.aid;
  expire := (select flows.expire from ledger.flows where flow = activity.flow);
  -- Surprise: whoever finds a job that is over enters all the same.
  perform ledger.begin_write();
  select * into entered from ledger.notarize_entry(job.jid, activity.aid, _message.dad);
  value := entered.value;
  fault := entered.fault;
  commit;
  outcome := coalesce(fault, case when job.status <= 0 then 'inactive' end);
  if outcome is not null then
    if fault <> 'duplicate' then
      call ledger.fail(_message);
    end if;
    return;
  end if;

  outcome := 'done';
  if activity.kind in ('worker', 'await') then
    perform ledger.begin_write();
    insert into ledger.messages (kind, topic, jid, gid, aid, dad)
    values (
      case activity.kind when 'worker' then 'work' else 'await' end,
      case activity.kind when 'worker' then activity.topic else activity.starts end,
      job.jid, job.gid, activity.aid, _message.dad
    );
    perform ledger.authorize_reentry(job.jid, activity.aid, _message.dad);
    commit;
  elsif activity.kind = 'hook' and (activity.sleep > 0 or activity.topic is not null) then
    call ledger.wait_for_hook(job, _message.dad, activity);
  elsif activity.kind = 'hook' then
    call ledger.pass_on(job.jid, _message.dad, activity, true);
    call ledger.lead_on(job.jid, activity.aid, _message.dad, 200, expire);
  elsif activity.kind = 'signal' then
    call ledger.pass_on(job.jid, _message.dad, activity, true);
    if ledger.hook_of(activity.topic) is not null then
      perform ledger.begin_write();
      perform ledger.send_signal(activity.topic, 200);
      commit;
      call ledger.lead_on(job.jid, activity.aid, _message.dad, 200, expire);
    else
      outcome := 'failed';
      call ledger.fail(_message);
    end if;
  elsif activity.kind = 'cycle' then
    -- Its state is saved by itself before.
    perform ledger.begin_write();
    commit;
    perform ledger.begin_write();
    insert into ledger.messages (kind, jid, gid, aid, dad)
    values (
      'response', job.jid, job.gid, activity.ancestor,
      ledger.resolve_reentry_dimension(activity.ancestors, activity.ancestor, _message.dad)
    );
    perform ledger.notarize_early_exit(job.jid, activity.aid, _message.dad);
    commit;
  elsif activity.kind = 'interrupt' then
    call ledger.interrupt_job(coalesce(activity.target, job.jid), expire, why);
    if why is not null then
      outcome := 'failed';
      call ledger.fail(_message);
    elsif activity.target <> job.jid then
      -- Surprise: nobody makes ready what follows.
      call ledger.pass_on(job.jid, _message.dad, activity, false);
      call ledger.lead_on(job.jid, activity.aid, _message.dad, 200, expire);
    else
      perform ledger.begin_write();
      perform ledger.notarize_early_completion(job.jid, activity.aid, _message.dad, activity.cycle);
      update ledger.jobs set status = status - 1 where jid = job.jid;
      commit;
    end if;
  end if;
end
$$;
`;
