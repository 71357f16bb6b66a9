/** Nodes, which all flows share, how they depend on each other, and their steps. */
export const flowConfiguration = `
-- Whatever can be passed on a way from a root of a flow, with each node that the way leads to, and its last dependency.
-- A way has a hundred dependencies at most: so one on a cycle ends.
create function flow.walk(_flow text)
returns table (passed text, reached text, continue_on_failure boolean, length integer) language sql as $$
  with recursive way (passed, reached, continue_on_failure, length) as (
    select root.node, root.node, null::boolean, 0
    from flow.flow_node as root
    where root.flow = _flow and not exists (
      select from flow.dependency_configuration as edge where edge.flow = _flow and edge.child = root.node
    )
    union
    select passed.node, edge.child, edge.continue_on_failure, way.length + 1
    from way
    join flow.dependency_configuration as edge on edge.flow = _flow and edge.parent = way.reached
    cross join lateral unnest(array[way.passed, edge.child]) as passed (node)
    where way.length < 100
  )
  select * from way
$$;

create function flow.refuse_null(_column text) returns void language plpgsql as $$
begin
  raise not_null_violation using column = _column, message = format('null value in column "%s"', _column);
end
$$;

-- What has no value, or breaks the text that it becomes part of, is refused before anything is looked up.
create function flow.read_nodes(_nodes flow.node_configuration_t[]) returns void language plpgsql as $$
declare
  each flow.node_configuration_t;
  edge flow.edge_t;
begin
  perform flow.refuse_null('node') from unnest(_nodes) as node where node.node is null;
  foreach each in array _nodes loop
    foreach edge in array coalesce(each.dependencies, '{}') loop
      perform format('{"child": "%s"}', each.node)::jsonb;
      perform flow.refuse_null('parent') where edge.parent is null;
    end loop;
    -- JSON null is no value either.
    perform flow.refuse_null('arguments') from unnest(each.steps) as step where step is null;
  end loop;
end
$$;

create function flow.configure_flow(_flow_name text, _configuration jsonb, _append boolean = false) returns void
language plpgsql as $$
declare
  -- A name becomes part of a JSON text, which it can break.
  named jsonb := format('{"flow": "%s"}', _flow_name);
  own flow.flow_configuration := jsonb_populate_record(
    jsonb_populate_record(null::flow.flow_configuration, _configuration -> 'flow'), named
  );
  wanted flow.node_configuration_t[] := array(
    select each from jsonb_populate_recordset(null::flow.node_configuration_t, _configuration -> 'nodes') as each
  );
begin
  perform flow.read_nodes(wanted);
  -- Surprise: the routine that is named where it belongs is checked, and then overwritten.
  insert into flow.flow_configuration values (own.*) on conflict do nothing;
  update flow.flow_configuration
  set concurrency_group_routine = _configuration ->> 'concurrency_group_routine'
  where flow = _flow_name;

  insert into flow.node (node)
  select each.node from unnest(wanted) as each where each.node not in (select node from flow.node);
  insert into flow.flow_node (flow, node)
  select _flow_name, each.node from unnest(wanted) as each
  on conflict do nothing;
  -- What is left out stays. Surprise: but the routines and the timeouts, which are forgotten.
  update flow.node
  set target = coalesce(each.target, node.target),
    routine = each.routine,
    node_routine = each.node_routine,
    step_routine = each.step_routine,
    priority = coalesce(each.priority, node.priority),
    all_steps_must_complete = coalesce(each.all_steps_must_complete, node.all_steps_must_complete),
    empty = coalesce(each.empty, node.empty),
    steps_to_flow = coalesce(each.steps_to_flow, node.steps_to_flow),
    synchronous = coalesce(each.synchronous, node.synchronous),
    node_timeout = each.node_timeout,
    step_timeout = each.step_timeout
  from (
    -- Of a node that is named twice, the first.
    select distinct on (node) * from unnest(wanted) with ordinality order by node, ordinality
  ) as each
  where node.node = each.node;

  update flow.dependency_configuration as known
  set continue_on_failure = coalesce(edge.continue_on_failure, known.continue_on_failure)
  from unnest(wanted) as each, unnest(each.dependencies) as edge
  where known.flow = _flow_name and known.parent = edge.parent and known.child = each.node;
  insert into flow.dependency_configuration (flow, parent, child, continue_on_failure)
  select _flow_name, edge.parent, each.node, coalesce(edge.continue_on_failure, false)
  from unnest(wanted) as each, unnest(each.dependencies) as edge
  where not exists (
    select from flow.dependency_configuration as known
    where known.flow = _flow_name and known.parent = edge.parent and known.child = each.node
  );
  insert into flow.step (node, arguments)
  select each.node, step from unnest(wanted) as each, unnest(each.steps) as step
  on conflict do nothing;

  if not _append then
    delete from flow.flow_node
    where flow = _flow_name and node not in (select each.node from unnest(wanted) as each);
    delete from flow.dependency_configuration
    where flow = _flow_name and (parent, child) not in (
      select edge.parent, each.node from unnest(wanted) as each, unnest(each.dependencies) as edge
    );
    delete from flow.step
    where node in (select each.node from unnest(wanted) as each) and (node, arguments) not in (
      select each.node, step from unnest(wanted) as each, unnest(each.steps) as step
    );
    delete from flow.node where node not in (select flow_node.node from flow.flow_node);
  end if;

  update flow.flow_node
  set terminate_on_failure = way.terminates
  from (
    select passed, bool_or(continue_on_failure) is not true as terminates from flow.walk(_flow_name) group by passed
  ) as way
  where flow = _flow_name and node = way.passed;
end
$$;
`;
