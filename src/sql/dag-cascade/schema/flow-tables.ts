/** What flows keep: how they are configured, and their runs. */
export const flowTables = `
create schema flow;

create domain flow.flow_priority_t as integer constraint flow_priority_t_check check (value between -99 and 99);

create table flow.flow_configuration (
  flow text primary key,
  concurrency_group_routine text check (concurrency_group_routine ~ '^[a-z][a-z_0-9]*[.]?[a-z_0-9]*$')
);

-- All flows share them.
create table flow.node (
  node text primary key check (node ~ '^[a-z][a-z_0-9]*[.]?[a-z_0-9]*$'),
  target text references async.target on delete cascade on update cascade,
  routine text,
  node_routine text,
  step_routine text,
  priority integer,
  all_steps_must_complete boolean not null default true,
  empty boolean not null default false,
  steps_to_flow text,
  synchronous boolean not null default false,
  node_timeout interval,
  step_timeout interval
);

-- With each run of the node.
create table flow.step (
  node text references flow.node on delete cascade on update cascade,
  arguments jsonb,
  primary key (node, arguments)
);

create table flow.flow_node (
  flow text references flow.flow_configuration,
  node text references flow.node on delete cascade on update cascade,
  -- Null where no way from a root leads there.
  terminate_on_failure boolean,
  primary key (flow, node)
);

create table flow.dependency_configuration (
  flow text references flow.flow_configuration,
  parent text references flow.node on delete cascade on update cascade,
  child text references flow.node on delete cascade on update cascade,
  continue_on_failure boolean not null default false,
  primary key (flow, parent, child)
);

-- A run.
create table flow.flow (
  flow_id bigserial primary key,
  flow text not null references flow.flow_configuration,
  arguments jsonb,
  created timestamptz not null default now(),
  processed timestamptz,
  parent_task_id bigint references async.task on delete cascade on update cascade,
  only_these_nodes text[],
  parent_flow_id bigint,
  count_nodes integer,
  count_finished_nodes integer,
  count_failed_nodes integer,
  first_error text,
  force_priority integer
);
create index flow_open_idx on flow.flow (flow_id) where processed is null;
create index flow_parent_task_idx on flow.flow (parent_task_id);
create index flow_parent_flow_idx on flow.flow (parent_flow_id);

-- As they were configured when the run began.
create table flow.dependency (
  flow_id bigint references flow.flow on delete cascade on update cascade,
  parent text references flow.node on delete cascade on update cascade,
  child text references flow.node on delete cascade on update cascade,
  continue_on_failure boolean not null,
  primary key (flow_id, parent, child)
);

-- What was asked for.
create table flow.arguments (
  flow_id bigint primary key,
  arguments jsonb
);

-- A node where step_arguments is empty, else a step of it. Requests to finish are nothing of the kind.
create unique index task_flow_idx on async.task (
  ((task_data ->> 'flow_id')::bigint), (task_data ->> 'node'), (task_data -> 'step_arguments')
);

create type flow.callback_arguments_t as (
  flow_id bigint,
  flow text,
  flow_arguments jsonb,
  node text,
  step_arguments jsonb,
  task_id bigint
);

create type flow.edge_t as (
  parent text,
  continue_on_failure boolean
);
create type flow.node_configuration_t as (
  node text,
  target text,
  routine text,
  node_routine text,
  step_routine text,
  priority integer,
  all_steps_must_complete boolean,
  empty boolean,
  steps_to_flow text,
  synchronous boolean,
  node_timeout interval,
  step_timeout interval,
  dependencies flow.edge_t[],
  -- Surprise: of arrays, it becomes an array of more dimensions.
  steps jsonb[]
);
create type flow.new_task_t as (
  node text,
  step_arguments jsonb,
  run_type async.task_run_type_t
);
`;
