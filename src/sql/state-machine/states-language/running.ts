/** How activities are run, again where they are tried again, and woken. */
export const running = `
create function asl.begin_task(_activity asl.activities, _state jsonb, _plan jsonb) returns void
language plpgsql as $$
declare
  id text := asl.attempt_of(_activity);
  timeout integer := (_plan ->> 'timeout')::integer;
  heartbeat integer := (_plan ->> 'heartbeat')::integer;
  msg_id bigint := pgmq.send('tasks', jsonb_build_object(
    'execution', _activity.execution, 'task_id', id, 'resource', _state -> 'Resource', 'input', _plan -> 'input'
  ));
begin
  insert into asl.tasks (id, execution, activity_id, msg_id, heartbeat)
  values (id, _activity.execution, _activity.id, msg_id, heartbeat);
  if timeout is not null then
    perform asl.set_timer(_activity.execution, id, 'timeout', now() + make_interval(secs => timeout));
  end if;
  if heartbeat is not null then
    perform asl.set_timer(_activity.execution, id, 'heartbeat', now() + make_interval(secs => heartbeat));
  end if;
end
$$;

create function asl.run(_activity asl.activities) returns void language plpgsql as $$
declare
  state jsonb := asl.state_of(_activity);
  plan jsonb := asl.plan_or_failure(_activity, state);
begin
  if plan ? 'error' then
    perform asl.fail(_activity, plan);
  elsif plan ? 'result' then
    perform asl.complete(_activity, plan -> 'result', plan ->> 'target');
  elsif plan ? 'due' then
    perform asl.set_timer(_activity.execution, _activity.id, 'wait', (plan ->> 'due')::timestamptz);
  elsif plan ? 'inputs' then
    perform asl.begin_parts(_activity, state, plan);
  else
    perform asl.begin_task(_activity, state, plan);
  end if;
end
$$;

-- Only what is still wanted is begun, and only once.
create function asl.begin_activity(_execution bigint, _payload jsonb) returns boolean language plpgsql as $$
declare
  activity asl.activities;
  state jsonb := asl.state_named(_execution, _payload ->> 'state_name');
begin
  if not exists (select from asl.executions where execution = _execution and status = 'Running')
    or exists (select from asl.parts where id = _payload ->> 'part_id' and status <> 'Running')
  then
    return false;
  end if;
  insert into asl.activities (
    id, execution, part_id, state_name, input, status, attempts, retries, entered_at
  ) values (
    _payload ->> 'activity_id', _execution, _payload ->> 'part_id', _payload ->> 'state_name', _payload -> 'input',
    'Running', 1, array(select 0 from jsonb_array_elements(state -> 'Retry')), now()
  ) on conflict do nothing
  returning * into activity;
  if not found then
    return false;
  end if;
  perform asl.run(activity);
  return true;
end
$$;

create function asl.retry_activity(_payload jsonb) returns boolean language plpgsql as $$
declare
  activity asl.activities;
begin
  update asl.activities
  set status = 'Running', attempts = attempts + 1
  where id = _payload ->> 'activity_id' and status = 'Retrying'
    and attempts + 1 = (_payload -> 'attempt')::integer
  returning * into activity;
  if not found then
    return false;
  end if;
  perform asl.run(activity);
  return true;
end
$$;

create function asl.end_wait(_payload jsonb) returns boolean language plpgsql as $$
declare
  activity asl.activities;
begin
  select * into activity from asl.activities where id = _payload ->> 'activity_id' and status = 'Running';
  if not found then
    return false;
  end if;
  perform asl.complete(activity, asl.input_of(activity, asl.state_of(activity)));
  return true;
end
$$;

create function asl.end_task(_payload jsonb) returns boolean language plpgsql as $$
declare
  task asl.tasks;
  activity asl.activities;
begin
  select * into task from asl.tasks where id = _payload ->> 'task_id';
  if not found then
    return false;
  end if;
  perform asl.close_task(task);
  activity := asl.activity_of(task.activity_id);
  if _payload ? 'error' then
    perform asl.fail(activity, asl.failure(_payload ->> 'error', _payload ->> 'cause'));
  elsif asl.exceeds_limit(_payload -> 'output') then
    perform asl.fail(activity, asl.failure('States.DataLimitExceeded', null));
  else
    perform asl.complete(activity, _payload -> 'output');
  end if;
  return true;
end
$$;
`;
