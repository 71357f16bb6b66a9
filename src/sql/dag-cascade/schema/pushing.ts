/** How nodes and steps become tasks of the queue. */
export const pushing = `
-- What is sent: a call of the routine, or the start of a flow of its own.
create function flow.callback(_run flow.flow, _node flow.node, _step_arguments jsonb, _priority integer) returns text
language sql as $$
  select case
    when _step_arguments <> '{}' and _node.steps_to_flow is not null then format(
      'SELECT flow.create_flow(%L, %L::jsonb, _parent_task_id := ##flow.TASK_ID##, _force_priority := %L)',
      _node.steps_to_flow, _step_arguments, _priority
    )
    when routine <> '' then format(
      'CALL %1$s((%2$s, %3$L, flow.args(%2$s), %4$L, %5$L::JSONB, ##flow.TASK_ID##)::flow.callback_arguments_t)',
      routine, _run.flow_id, _run.flow, _node.node, _step_arguments
    )
    else ''
  end
  from coalesce(
    case when _step_arguments = '{}' then _node.node_routine else _node.step_routine end, _node.routine, _node.node
  ) as routine
$$;

-- What the routine of a flow says, where it has one.
create function flow.concurrency_group(_routine text, _flow_id bigint, _node text) returns text strict
language plpgsql as $$
declare
  concurrency_pool text;
begin
  execute format('select %I(%s, %L)', _routine, _flow_id, _node) into concurrency_pool;
  return concurrency_pool;
end
$$;

create function flow.run_type(_is_empty boolean, _node text, _only_these_nodes text[])
returns async.task_run_type_t language sql as $$
  select case
    when _is_empty then 'EMPTY'
    when _only_these_nodes is null or _node = any (_only_these_nodes) then 'EXECUTE'
    else 'EMPTY'
  end::async.task_run_type_t
$$;

-- Those that are not there yet; of unknown runs and nodes none. Surprise: twice the same in one call is refused.
create function flow.push_tasks(_flow_id bigint, _tasks flow.new_task_t[], _source text) returns void
language plpgsql as $$
declare
  alike record;
begin
  for alike in
    select how.run_type, array_agg(
      row(
        data.task_data, known.target, data.priority, flow.callback(run, known, step_arguments, data.priority),
        flow.concurrency_group(concurrency_group_routine, run.flow_id, known.node),
        case when is_node then known.node_timeout else known.step_timeout end, not is_node
      )::async.task_push_t
    ) as tasks
    from unnest(_tasks) as wanted (node, step_arguments, run_type)
    join flow.node as known on known.node = wanted.node
    join flow.flow as run on run.flow_id = _flow_id
    join flow.flow_configuration using (flow)
    cross join lateral (
      select step_arguments = '{}', coalesce(run.force_priority, known.priority),
        jsonb_build_object('flow_id', run.flow_id, 'node', known.node, 'step_arguments', step_arguments)
    ) as data (is_node, priority, task_data)
    cross join lateral (
      select case when wanted.run_type = 'EXECUTE' and is_node and known.synchronous then 'EXECUTE_NOASYNC' else wanted.run_type end
    ) as how (run_type)
    where not exists (
      select from flow.v_flow_task as task
      where task.flow_id = run.flow_id and task.node = known.node and task.step_arguments = wanted.step_arguments
    )
    group by wanted.run_type, how.run_type
  loop
    perform async.push_tasks(alike.tasks, alike.run_type, _source);
  end loop;
end
$$;
`;
