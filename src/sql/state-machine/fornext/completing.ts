/** How states and executions complete. */
export const completing = `
-- The last state of its machine is over.
create function asl.complete_machine(_executor bigint, _activity asl.activities, _output jsonb) returns void
language plpgsql as $$
begin
  if _activity.parent_branch_id is not null then
    perform asl.push(_executor, 'CompleteBranch', jsonb_build_object(
      'branch_id', _activity.parent_branch_id, 'output', _output
    ));
  elsif _activity.parent_iteration_id is not null then
    perform asl.push(_executor, 'CompleteIteration', jsonb_build_object(
      'iteration_id', _activity.parent_iteration_id, 'output', _output
    ));
  else
    perform asl.push(_executor, 'CompleteExecution', jsonb_build_object('output', _output));
  end if;
end
$$;

create function asl.is_last(_state jsonb) returns boolean language sql immutable as $$
  select _state @> '{"End": true}' or _state ->> 'Type' in ('Succeed', 'Fail')
$$;

-- Its activity and its state are always there, as only they send this. Surprise: a Choice chooses by what
-- it was given, before its OutputPath, and goes on whether or not it is an end.
create function asl.complete_state(_executor bigint, _payload jsonb) returns void language plpgsql as $$
declare
  activity asl.activities := asl.activity_of(_executor, _payload ->> 'activity_id');
  state jsonb := asl.state_named(_executor, activity.state_name);
  target text;
  output jsonb;
begin
  if not asl.push(_executor, 'StateCompleted', jsonb_build_object('activity_id', activity.id)) then
    return;
  end if;
  if state ->> 'Type' = 'Choice' then
    target := asl.choice_or_panic(_executor, state, _payload -> 'output');
    if target is null then
      return;
    end if;
  elsif not asl.is_last(state) then
    target := coalesce(state ->> 'Next', '');
  end if;
  output := asl.output_or_panic(_executor, state, activity.input, _payload -> 'output');
  if output is null then
    return;
  end if;
  if target is null then
    perform asl.complete_machine(_executor, activity, output);
  else
    perform asl.push_start(_executor, activity.execution_id, target, jsonb_strip_nulls(jsonb_build_object(
      'parent_branch_id', activity.parent_branch_id, 'parent_iteration_id', activity.parent_iteration_id
    )), output);
  end if;
end
$$;

-- Surprise: a second end panics.
create function asl.complete_execution(_executor bigint, _payload jsonb) returns void language plpgsql as $$
begin
  update asl.executors
  set status = 'done', output = _payload -> 'output'
  where executor = _executor and status <> 'done';
  if not found then
    perform asl.panic(_executor, 'close of closed channel');
  end if;
end
$$;
`;
