/** Runs of flows: created, finished, canceled, given another priority, restarted. */
export const flows = `
create function flow.create_flow(
  _flow text, _arguments jsonb, _only_these_nodes text[] = null, _add_parents boolean = false,
  _add_children boolean = false, _parent_task_id bigint = null, _force_priority integer = null, out flow_id bigint
) language plpgsql as $$
begin
  insert into flow.flow (flow, arguments, only_these_nodes, parent_task_id, parent_flow_id, force_priority)
  select configured.flow, _arguments, _only_these_nodes, _parent_task_id, parent.flow_id,
    coalesce(_force_priority, parent.priority)
  from flow.flow_configuration as configured
  left join flow.v_flow_task as parent on parent.task_id = _parent_task_id
  where configured.flow = _flow
  returning flow.flow_id into flow_id;
  if not found then
    raise exception 'Missing flow configuration %', _flow;
  end if;
  insert into flow.dependency (flow_id, parent, child, continue_on_failure)
  select create_flow.flow_id, parent, child, continue_on_failure
  from flow.dependency_configuration
  where flow = _flow;

  perform flow.push_tasks(
    flow_id,
    array(
      select row(node, '{}', flow.run_type(empty, node, _only_these_nodes))::flow.new_task_t
      from flow.flow_node
      join flow.node using (node)
      where flow = _flow and not exists (
        select from flow.dependency_configuration as edge where edge.flow = _flow and edge.child = node.node
      )
    ),
    'create flow'
  );
  update flow.flow as run
  set processed = now()
  where run.flow_id = create_flow.flow_id
    and not exists (select from flow.v_flow_task as task where task.flow_id = create_flow.flow_id);
end
$$;

create procedure flow.push_steps(
  _flow_id bigint, _node text, _arguments jsonb[], _flush_transaction_when_client boolean = true
) language sql as $$
  select flow.push_tasks(
    _flow_id,
    array(select row(_node, step, 'EXECUTE')::flow.new_task_t from unnest(_arguments) as step),
    'push steps'
  )
$$;

create procedure flow.finish(
  _args flow.callback_arguments_t, _failed boolean = false, _error_message text = null,
  _flush_transaction_when_client boolean = true
) language sql as $$
  select async.finish(
    array[_args.task_id],
    case when _failed then 'FAILED' else 'FINISHED' end::async.finish_status_t, _error_message, null
  )
$$;

-- Whoever defers asks for a latch, which is ready.
create procedure flow.defer(_args flow.callback_arguments_t, _duration interval) language sql as $$
  select async.finish(array[_args.task_id], 'DEFERRED', null, _duration);
  insert into async.request_latch (ready) values (now())
$$;

-- Also of a run that is over.
create function flow.cancel(_flow_id bigint) returns void language plpgsql as $$
begin
  update flow.flow set processed = now() where flow_id = _flow_id;
  perform async.finish(array_agg(task_id), 'CANCELED', 'flow cancel', null)
  from flow.v_flow_task
  where flow_id = _flow_id and processed is null
  having count(*) > 0;
  perform flow.cancel(flow_id)
  from flow.flow
  where parent_flow_id = _flow_id and processed is null;
end
$$;

-- Surprise: a run that had no priority keeps none, and its later tasks run as before.
create function flow.set_priority(_flow_id bigint, _priority flow.flow_priority_t) returns void language plpgsql as $$
begin
  if _priority is null or not exists (select from flow.flow where flow_id = _flow_id and processed is null) then
    return;
  end if;
  update flow.flow set force_priority = _priority where flow_id = _flow_id and force_priority is not null;
  update async.task
  set priority = _priority
  where task_id in (
    select task_id
    from flow.v_flow_task
    join flow.flow using (flow_id)
    where _flow_id in (flow_id, parent_flow_id) and v_flow_task.processed is null
  );
end
$$;

create function flow.set_step_priority(_flow_id bigint, _task_id bigint, _priority flow.flow_priority_t) returns void
language plpgsql as $$
begin
  update async.task
  set priority = coalesce(_priority, task.priority)
  from flow.v_flow_task as step
  join flow.flow as run using (flow_id)
  where task.task_id = _task_id and step.task_id = _task_id and step.processed is null and not step.is_node
    and run.flow_id = _flow_id and run.processed is null;
  perform flow.set_priority(child.flow_id, _priority)
  from flow.flow as child
  join flow.flow as run on run.flow_id = child.parent_flow_id
  where child.parent_task_id = _task_id and run.flow_id = _flow_id and run.processed is null;
end
$$;

-- From a node on. Surprise: without one, its tasks are deleted, and nothing is run.
create function flow.restart_flow(_flow_id bigint, _node text = null) returns void language plpgsql as $$
declare
  own_flow text;
begin
  update flow.flow
  set processed = null
  where flow_id = _flow_id and processed is not null
  returning flow into own_flow;
  if not found then
    raise exception using message = format('Flow %s does not exist or is not finished', _flow_id);
  end if;
  delete from async.task
  where task_id in (
    select task_id
    from flow.v_flow_task
    where flow_id = _flow_id and (
      _node is null
      or node in (select reached from flow.walk(own_flow) where passed = _node) and not (is_node and node = _node)
    )
  );
  -- Surprise: what is not done cannot be restarted, which is told as a pool without a name.
  perform async.track_pools(array_agg(case when processed is not null then concurrency_pool end))
  from flow.v_flow_task
  where flow_id = _flow_id and node = _node;
  -- Surprise: whether it failed stays.
  update async.task
  set processed = null, yielded = null, consumed = null, eligible_when = null, finish_status = null,
    processing_error = null, times_up = null, tracked = false, source = 'async.restart_task'
  where task_id in (select task_id from flow.v_flow_task where flow_id = _flow_id and node = _node);
end
$$;

-- Remembers what it gave: also that there was nothing.
create function flow.args(_flow_id bigint, out args jsonb) language sql as $$
  insert into flow.arguments (flow_id, arguments)
  values (_flow_id, (select arguments from flow.flow where flow_id = _flow_id))
  on conflict do nothing;
  select arguments from flow.arguments where flow_id = _flow_id
$$;

create procedure flow.async_startup() language plpgsql as $$
begin
  perform flow.cancel(flow_id) from flow.flow where processed is null;
end
$$;

-- What has nothing left to do is finished.
create procedure flow.async_loop() language plpgsql as $$
declare
  done bigint;
begin
  for done in
    select flow_id
    from flow.flow as run
    where processed is null and not exists (
      select from flow.v_flow_task as task where task.flow_id = run.flow_id and task.processed is null
    )
  loop
    update flow.flow set processed = now() where flow_id = done;
  end loop;
end
$$;
`;
