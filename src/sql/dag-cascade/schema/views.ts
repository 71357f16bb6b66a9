/** What is shown of runs. */
export const views = `
create view flow.v_flow_task as
select (task_data ->> 'flow_id')::bigint as flow_id, task_data ->> 'node' as node,
  task_data -> 'step_arguments' as step_arguments, task_data -> 'step_arguments' = '{}' as is_node, task.*
from async.task
where task_data ? 'flow_id';

-- Of the nodes that the flow has by now.
create view flow.v_flow_node_status as
select run.flow_id, run.flow, flow_node.node, node.target, task.consumed as started, task.processed as finished,
  case
    when task.finish_status = 'FINISHED' then 'Finished'
    when task.processed is not null then 'Failed'
    when run.processed is not null and task.consumed is null then 'Cancelled'
    when task.task_id is null then 'Pending'
    when task.yielded is not null and step.steps > 0 then 'Running Steps'
    when task.yielded is not null then 'Running Async'
    when task.consumed is not null then 'Running'
    else 'Unknown'
  end as status,
  step.*, node.all_steps_must_complete,
  coalesce(async.interval_pretty(coalesce(task.processed, now()) - task.consumed), '') as run_time,
  greatest(task.consumed, task.processed, task.yielded) as changed,
  task.consumed is not null and task.processed is null as in_progress
from flow.flow as run
join flow.flow_node using (flow)
join flow.node using (node)
left join flow.v_flow_task as task
  on task.flow_id = run.flow_id and task.node = flow_node.node and task.is_node
cross join lateral (
  select count(*) as steps,
    -- Surprise: also what was canceled before it began.
    count(*) filter (where consumed is null) as steps_pending,
    count(*) filter (where consumed is not null and processed is null) as steps_running,
    count(*) filter (where consumed is not null and processed is not null and finish_status = 'FINISHED') as steps_finished,
    count(*) filter (
      where consumed is not null and processed is not null and finish_status is distinct from 'FINISHED'
    ) as steps_failed
  from flow.v_flow_task as own
  where own.flow_id = run.flow_id and own.node = flow_node.node and not own.is_node
) as step;

create view flow.v_flow_status_internal as
select run.flow_id, run.flow, case when run.processed is null then 'No' else 'Yes' end as complete,
  async.interval_pretty(coalesce(run.processed, now()) - run.created) as run_time,
  counted.count_nodes, counted.count_finished_nodes, counted.count_failed_nodes, run.arguments, counted.first_error
from flow.flow as run
cross join lateral (
  -- Surprise: a flow without nodes has one.
  select count(*) as count_nodes,
    count(*) filter (where not task.failed) as count_finished_nodes,
    count(*) filter (
      where task.failed or (task.task_id is null and run.processed is not null)
    ) as count_failed_nodes,
    (array_agg(task.processing_error order by task.processed, task.task_id) filter (
      where task.failed and task.processing_error <> '' and task.processing_error not like 'Failed due to%'
    ))[1] as first_error
  from (values (run.flow)) as own (flow)
  left join flow.flow_node using (flow)
  left join flow.v_flow_task as task
    on task.flow_id = run.flow_id and task.node = flow_node.node and task.is_node
) as counted;

-- As it was counted when the run was over, else as it is now.
create view flow.v_flow_status as
select run.flow_id, run.flow, shown.complete, shown.run_time,
  coalesce(run.count_nodes, shown.count_nodes) as count_nodes,
  coalesce(run.count_finished_nodes, shown.count_finished_nodes) as count_finished_nodes,
  coalesce(run.count_failed_nodes, shown.count_failed_nodes) as count_failed_nodes,
  run.arguments, case when run.count_nodes is null then shown.first_error else run.first_error end as first_error
from flow.flow as run
join flow.v_flow_status_internal as shown using (flow_id);
`;
