/** Branches of a Parallel and iterations of a Map. What they belong to is always there, as they are made by it. */
export const nested = `
create function asl.activity_of(_executor bigint, _id text) returns asl.activities language sql stable as $$
  select * from asl.activities where executor = _executor and id = _id
$$;

-- The machine's first state is started.
create function asl.start_machine(
  _executor bigint, _activity asl.activities, _machine jsonb, _parent jsonb, _input jsonb
) returns void language sql as $$
  select asl.push_start(_executor, _activity.execution_id, coalesce(_machine ->> 'StartAt', ''), _parent, _input)
$$;

create function asl.start_branch(_executor bigint, _payload jsonb) returns void language plpgsql as $$
declare
  activity asl.activities := asl.activity_of(_executor, _payload ->> 'activity_id');
  index integer := _payload ->> 'index';
begin
  if not asl.push(_executor, 'BranchStarted', jsonb_build_object('branch_id', _payload -> 'branch_id')) then
    return;
  end if;
  insert into asl.branches (executor, id, index, activity_id, input)
  values (_executor, _payload ->> 'branch_id', index, activity.id, _payload -> 'input')
  on conflict do nothing;
  perform asl.start_machine(
    _executor, activity, asl.state_named(_executor, activity.state_name) -> 'Branches' -> index,
    jsonb_build_object('parent_branch_id', _payload -> 'branch_id'), _payload -> 'input'
  );
end
$$;

create function asl.start_iteration(_executor bigint, _payload jsonb) returns void language plpgsql as $$
declare
  activity asl.activities := asl.activity_of(_executor, _payload ->> 'activity_id');
begin
  if not asl.push(_executor, 'IterationStarted', jsonb_build_object('iteration_id', _payload -> 'iteration_id')) then
    return;
  end if;
  insert into asl.iterations (executor, id, index, activity_id)
  values (_executor, _payload ->> 'iteration_id', (_payload ->> 'index')::integer, activity.id)
  on conflict do nothing;
  perform asl.start_machine(
    _executor, activity, asl.state_named(_executor, activity.state_name) -> 'ItemProcessor',
    jsonb_build_object('parent_iteration_id', _payload -> 'iteration_id'), _payload -> 'input'
  );
end
$$;

-- Surprise: outputs are in the order in which they come, and one that comes twice counts twice. Once there are more than are
-- waited for, nothing more comes of them.
create function asl.gather(_executor bigint, _activity_id text, _output jsonb) returns void language plpgsql as $$
declare
  activity asl.activities;
begin
  update asl.activities
  set done = done + 1, outputs = outputs || jsonb_build_array(_output)
  where executor = _executor and id = _activity_id
  returning * into activity;
  if activity.done = activity.max then
    perform asl.push(_executor, 'CompleteState', jsonb_build_object(
      'activity_id', _activity_id, 'output', activity.outputs
    ));
  end if;
end
$$;

create function asl.complete_branch(_executor bigint, _payload jsonb) returns void language plpgsql as $$
declare
  branch asl.branches;
begin
  if asl.push(_executor, 'BranchCompleted', jsonb_build_object('branch_id', _payload -> 'branch_id')) then
    select * into branch from asl.branches where executor = _executor and id = _payload ->> 'branch_id';
    perform asl.gather(_executor, branch.activity_id, _payload -> 'output');
  end if;
end
$$;

create function asl.complete_iteration(_executor bigint, _payload jsonb) returns void language plpgsql as $$
declare
  iteration asl.iterations;
begin
  if asl.push(_executor, 'IterationCompleted', jsonb_build_object('iteration_id', _payload -> 'iteration_id')) then
    select * into iteration from asl.iterations where executor = _executor and id = _payload ->> 'iteration_id';
    perform asl.gather(_executor, iteration.activity_id, _payload -> 'output');
  end if;
end
$$;
`;
