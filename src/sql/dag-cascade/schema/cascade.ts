/** The triggers by which flows hang on tasks: a node waits for its steps, and what is done starts what depends on it. */
export const cascade = `
-- A node that would be finished, and has steps, is yielded while these run.
create function flow.wait_for_steps() returns trigger language plpgsql as $$
declare
  own_flow bigint := new.task_data ->> 'flow_id';
  own_node text := new.task_data ->> 'node';
begin
  -- Surprise: with null among the nodes, also a node that is not named has steps; and so has one whose run is gone.
  if old.source = 'step processing' or exists (
    select from flow.flow where flow_id = own_flow and (own_node = any (only_these_nodes)) is false
  ) then
    return new;
  end if;
  perform flow.push_tasks(
    own_flow,
    array(select row(node, arguments, 'EXECUTE')::flow.new_task_t from flow.step where node = own_node),
    'trigger create steps'
  );
  if exists (
    select from flow.v_flow_task where flow_id = own_flow and node = own_node and not is_node
  ) then
    new.processed := null;
    new.yielded := now();
    new.failed := null;
    new.processing_error := null;
    new.finish_status := 'YIELDED';
    new.source := 'step processing';
  end if;
  return new;
end
$$;

create trigger wait_for_steps before insert or update on async.task for each row
when (
  new.processed is not null and new.tracked is distinct from false and new.finish_status = 'FINISHED'
  and new.task_data -> 'step_arguments' = '{}'
)
execute function flow.wait_for_steps();

-- The last step finishes its node; one that fails takes the others along, where all must complete.
create function flow.step_is_over(_step async.task) returns void language plpgsql as $$
declare
  own_flow bigint := _step.task_data ->> 'flow_id';
  own_node text := _step.task_data ->> 'node';
  open_steps bigint[] := array(
    select task_id
    from flow.v_flow_task
    where flow_id = own_flow and node = own_node and not is_node and processed is null
  );
begin
  if open_steps = '{}' then
    perform async.finish_internal(
      array[owner.task_id],
      case when step.has_failed then 'FAILED' else 'FINISHED' end::async.finish_status_t,
      case when step.has_failed then format('Steps did not complete from %s', _step.processing_error) end
    )
    from flow.v_flow_task as owner
    join flow.node using (node)
    cross join lateral (
      select node.all_steps_must_complete and exists (
        select from flow.v_flow_task where flow_id = own_flow and node = own_node and not is_node and failed
      )
    ) as step (has_failed)
    where owner.flow_id = own_flow and owner.node = own_node and owner.processed is null;
  elsif _step.failed then
    perform async.finish_internal(
      open_steps, 'FAILED',
      format(
        'Failed due to failure of node %s step %s via %s',
        own_node, _step.task_data -> 'step_arguments', _step.processing_error
      )
    )
    from flow.node
    where node = own_node and all_steps_must_complete;
  end if;
end
$$;

-- A node that fails takes its steps along. What depends on it starts, unless the flow ends here.
create function flow.node_is_over(_node async.task) returns void language plpgsql as $$
declare
  own_flow bigint := _node.task_data ->> 'flow_id';
  own_node text := _node.task_data ->> 'node';
begin
  if _node.failed then
    perform async.finish_internal(
      array_agg(task_id), 'FAILED', format('Failed due to failure of node %s via %s', own_node, _node.processing_error)
    )
    from flow.v_flow_task
    join flow.node using (node)
    where flow_id = own_flow and node = own_node and processed is null;
    -- As it is configured by now, not when the run began.
    if not exists (
      select from flow.flow join flow.flow_node using (flow)
      where flow_id = own_flow and node = own_node and not terminate_on_failure
    ) then
      return;
    end if;
  end if;
  perform flow.push_tasks(
    own_flow,
    array(
      select row(
        child.node, '{}',
        case
          when bool_or(parent.failed and not hanging.continue_on_failure) then 'DOA'
          else flow.run_type(child.empty, child.node, run.only_these_nodes)
        end
      )::flow.new_task_t
      from flow.flow as run
      join flow.dependency as own using (flow_id)
      join flow.node as child on child.node = own.child
      join flow.dependency as hanging on hanging.flow_id = own.flow_id and hanging.child = own.child
      left join flow.v_flow_task as parent
        on parent.flow_id = hanging.flow_id and parent.node = hanging.parent and parent.is_node
      where run.flow_id = own_flow and own.parent = own_node
      group by run.flow_id, child.node
      having bool_and(parent.processed is not null)
    ),
    format('node complete (from task_id %s)', _node.task_id)
  );
end
$$;

-- Those that were finished together, one after the other. Nobody promises in which order.
create function flow.tasks_are_over() returns trigger language plpgsql as $$
declare
  task async.task;
begin
  for task in
    select *
    from written
    where tracked is distinct from false and finish_status in ('FINISHED', 'FAILED', 'DOA')
  loop
    if not exists (
      select from flow.flow where flow_id = (task.task_data ->> 'flow_id')::bigint and processed is null
    ) then
      continue;
    end if;
    if task.task_data -> 'step_arguments' = '{}' then
      perform flow.node_is_over(task);
    else
      perform flow.step_is_over(task);
    end if;
  end loop;
  return null;
end
$$;

create trigger tasks_are_over_at_once after insert on async.task
referencing new table as written for each statement execute function flow.tasks_are_over();
create trigger tasks_are_over after update on async.task
referencing new table as written for each statement execute function flow.tasks_are_over();

-- The step that has started the run is finished, whatever came of it. Surprise: nodes are counted too early to fail
-- for lack of a task.
create function flow.run_is_over() returns trigger language plpgsql as $$
declare
  counted flow.v_flow_status_internal;
begin
  perform async.finish(array[task_id], 'FINISHED', format('via finishing of flow %s', new.flow_id), null)
  from async.task
  where task_id = new.parent_task_id and processed is null;
  select * into counted from flow.v_flow_status_internal where flow_id = new.flow_id;
  new.count_nodes := counted.count_nodes;
  new.count_finished_nodes := counted.count_finished_nodes;
  new.count_failed_nodes := counted.count_failed_nodes;
  new.first_error := counted.first_error;
  return new;
end
$$;

create trigger run_is_over before update of processed on flow.flow for each row
when (old.processed is null and new.processed is not null)
execute function flow.run_is_over();
`;
