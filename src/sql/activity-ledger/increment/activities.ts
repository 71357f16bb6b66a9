/** What becomes of messages: activities are begun, and entered again. */
export const activities = `
-- An activity that could not begin its child, as a job of that name is there, gets no word.
create function ledger.reports_duplicates() returns boolean language sql immutable as $$
  select false
$$;

-- Of others, a second entry is a duplicate.
create function ledger.can_be_cycled(_aid text) returns boolean language sql stable as $$
  select kind = 'hook' and sleep = 0 and topic is null from ledger.activities where aid = _aid
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
begin
  select * into job from ledger.live_jobs where jid = _message.jid;
  outcome := ledger.unfit(job, _message);
  if outcome is not null then
    return;
  end if;
  if job.status <= 0 and not ledger.is_to_be_ended(job.jid, _message.guid) then
    outcome := 'inactive';
    return;
  end if;
  select * into activity from ledger.activities where aid = _message.aid;
  perform ledger.begin_write();
  select * into entered from ledger.notarize_leg2_entry(job.jid, activity.aid, _message.dad, _message.guid);
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
  if not ledger.is_done(job.jid, _message.guid, 10000000000) then
    perform ledger.begin_write();
    if _message.status = 'error' and not exists (select from ledger.children_of(activity.aid, own_code)) then
      update ledger.jobs set error_code = own_code where jid = job.jid;
    end if;
    perform ledger.notarize_step(job.jid, _message.guid, 1);
    commit;
  end if;
  call ledger.carry_out_steps(_message, activity, own_dad, own_code);
  outcome := 'done';
end
$$;

-- An activity that has children, and no second leg: by steps, as leg 2 would. What was done once, and can be cycled, is
-- done again in a round of its own.
create procedure ledger.pass_on(
  _message ledger.messages, _activity ledger.activities, _fault text, inout outcome text, inout value bigint
) language plpgsql as $$
declare
  entered record;
  fault text := _fault;
  index integer := 0;
  own_dad text := _message.dad;
  expire integer;
  why text;
begin
  if fault = 'duplicate' and _activity.cycle then
    perform ledger.begin_write();
    select * into entered from ledger.notarize_leg2_entry(_message.jid, _activity.aid, _message.dad, _message.guid);
    value := entered.value;
    fault := entered.fault;
    commit;
    if fault is not null then
      outcome := fault;
      return;
    end if;
    index := ledger.get_dimensional_index(value);
  elsif fault = 'duplicate' then
    -- Only who was let in before has something left to do.
    if not exists (select from ledger.guid_ledgers where jid = _message.jid and guid = _message.guid) then
      outcome := fault;
      return;
    end if;
  elsif fault is not null then
    outcome := fault;
    call ledger.fail(_message);
    return;
  end if;
  if index > 0 then
    own_dad := ledger.without_last_index(own_dad) || ',' || index;
  end if;
  -- Surprise: it is done again, whatever came of it, each time that the message comes.
  if _activity.kind = 'interrupt' then
    expire := (select flows.expire from ledger.flows where flow = _activity.flow);
    call ledger.interrupt_job(_activity.target, expire, why);
  end if;
  if not ledger.is_done(_message.jid, _message.guid, 10000000000) then
    perform ledger.begin_write();
    if _activity.kind = 'signal' then
      perform ledger.send_signal(_activity.topic, 200);
    end if;
    if index = 0 then
      perform ledger.notarize_leg1_completion(_message.jid, _activity.aid, _message.dad, _activity.cycle);
    end if;
    perform ledger.notarize_step(_message.jid, _message.guid, 1);
    commit;
  end if;
  call ledger.carry_out_steps(_message, _activity, own_dad, 200);
  outcome := 'done';
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
  is_one_legged boolean;
  slot timestamptz;
  expire integer;
  why text;
begin
  select * into job from ledger.live_jobs where jid = _message.jid;
  outcome := ledger.unfit(job, _message);
  if outcome is not null then
    return;
  end if;
  select * into activity from ledger.activities where aid = _message.aid;
  is_one_legged := case activity.kind
    when 'signal' then true
    when 'hook' then activity.sleep = 0 and activity.topic is null
    when 'interrupt' then coalesce(activity.target <> job.jid, false)
    else false
  end;
  if job.status <= 0 and not (is_one_legged and ledger.is_to_be_ended(job.jid, _message.guid)) then
    outcome := 'inactive';
    return;
  end if;
  perform ledger.begin_write();
  select * into entered from ledger.notarize_leg1_entry(job.jid, activity.aid, _message.dad);
  value := entered.value;
  fault := entered.fault;
  if is_one_legged and fault is null then
    -- Its own ledger is there from now on.
    insert into ledger.guid_ledgers values (job.jid, _message.guid, 0) on conflict do nothing;
  end if;
  commit;
  if is_one_legged then
    call ledger.pass_on(_message, activity, fault, outcome, value);
    return;
  end if;
  if fault is not null then
    outcome := fault;
    if fault <> 'duplicate' then
      call ledger.fail(_message);
    end if;
    return;
  end if;

  perform ledger.begin_write();
  if activity.kind in ('worker', 'await') then
    insert into ledger.messages (kind, topic, jid, gid, aid, dad)
    values (
      case activity.kind when 'worker' then 'work' else 'await' end,
      case activity.kind when 'worker' then activity.topic else activity.starts end, job.jid, job.gid, activity.aid, _message.dad
    );
  elsif activity.kind = 'hook' and activity.topic is null then
    slot := ledger.note_timer(job, _message.dad, activity);
    if slot is not null then
      perform ledger.schedule_slot(slot);
    end if;
  elsif activity.kind = 'hook' then
    perform ledger.note_hook(job, _message.dad, activity);
  elsif activity.kind = 'cycle' then
    insert into ledger.messages (kind, jid, gid, aid, dad)
    values (
      'transition', job.jid, job.gid, activity.ancestor,
      ledger.resolve_reentry_dimension(activity.ancestors, activity.ancestor, _message.dad)
    );
  elsif activity.kind = 'interrupt' then
    update ledger.jobs set status = status - 1 where jid = job.jid;
  end if;
  perform ledger.notarize_leg1_completion(
    job.jid, activity.aid, _message.dad, activity.kind = 'cycle' or activity.cycle
  );
  commit;
  -- Surprise: where nothing else is open, the job is over by now, and cannot be interrupted: nobody is notified.
  if activity.kind = 'interrupt' then
    expire := (select flows.expire from ledger.flows where flow = activity.flow);
    call ledger.interrupt_job(job.jid, expire, why);
  end if;
  outcome := 'done';
end
$$;
`;
