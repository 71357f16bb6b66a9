/** The executor of a run: it begins with one message, and carries out one after another. */
export const executor = `
create function asl.run(_machine text, _input jsonb, _handlers text[] = null, out executor bigint, out id text)
language plpgsql as $$
declare
  drawn record;
begin
  if not exists (select from asl.machines where machine = _machine) then
    raise exception 'no machine %', _machine;
  end if;
  insert into asl.executors (machine, handlers) values (_machine, _handlers)
  returning executors.executor into executor;
  select * into drawn from asl.next(executor);
  id := '/tenant/namespace/e/' || asl.as_string(drawn.wall, drawn.logical);
  perform asl.push(executor, 'StartExecution', jsonb_build_object(
    'id', id, 'input', _input, 'timestamp', asl.as_uint64(drawn.wall, drawn.logical)
  ));
end
$$;

-- Nothing is to be done about events.
create function asl.carry_out(_message asl.messages) returns void language plpgsql as $$
begin
  if _message.kind = 'StartExecution' then
    perform asl.start_execution(_message.executor, _message.payload);
  elsif _message.kind = 'StartState' then
    perform asl.start_state(_message.executor, _message.payload);
  elsif _message.kind = 'CreateTask' then
    perform asl.create_task(_message.executor, _message.payload);
  elsif _message.kind = 'CompleteTask' then
    perform asl.end_task(_message.executor, _message.payload);
  elsif _message.kind = 'CompleteState' then
    perform asl.complete_state(_message.executor, _message.payload);
  elsif _message.kind = 'StartBranch' then
    perform asl.start_branch(_message.executor, _message.payload);
  elsif _message.kind = 'CompleteBranch' then
    perform asl.complete_branch(_message.executor, _message.payload);
  elsif _message.kind = 'StartIteration' then
    perform asl.start_iteration(_message.executor, _message.payload);
  elsif _message.kind = 'CompleteIteration' then
    perform asl.complete_iteration(_message.executor, _message.payload);
  elsif _message.kind = 'CompleteExecution' then
    perform asl.complete_execution(_message.executor, _message.payload);
  end if;
end
$$;

-- Surprise: one that is done goes on with what is left in its queue.
create function asl.deliver(_executor bigint, out kind text, out outcome text, out words text) language plpgsql as $$
declare
  own asl.executors := asl.executor_of(_executor);
  message asl.messages;
begin
  if own.status in ('panicked', 'deadlocked') then
    outcome := 'dead';
    return;
  end if;
  delete from asl.messages where message_id = asl.first_message(_executor) returning * into message;
  if not found then
    outcome := 'nothing';
    return;
  end if;
  perform asl.carry_out(message);
  own := asl.executor_of(_executor);
  kind := message.kind;
  outcome := case own.status when 'panicked' then 'panic' when 'deadlocked' then 'deadlock' else 'done' end;
  words := own.words;
end
$$;
`;
