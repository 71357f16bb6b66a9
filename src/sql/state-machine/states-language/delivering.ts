/** The messages of an execution are carried out one after another. */
export const delivering = `
-- Gives whether it still applied.
create function asl.carry_out(_message asl.messages) returns boolean language plpgsql as $$
begin
  if _message.kind = 'StartExecution' then
    return asl.begin_execution(_message.execution);
  elsif _message.kind = 'StartState' then
    return asl.begin_activity(_message.execution, _message.payload);
  elsif _message.kind = 'RetryState' then
    return asl.retry_activity(_message.payload);
  elsif _message.kind = 'EndWait' then
    return asl.end_wait(_message.payload);
  elsif _message.kind = 'EndTask' then
    return asl.end_task(_message.payload);
  elsif _message.kind = 'EndPart' then
    return asl.end_part(_message.payload);
  elsif _message.kind = 'EndExecution' then
    return asl.finish_execution(_message.execution, _message.payload);
  elsif _message.kind = 'TimeOutExecution' then
    return asl.time_out_execution(_message.execution);
  elsif _message.kind = 'CancelExecution' then
    return asl.finish_canceling(_message.execution);
  end if;
  return asl.finish_deleting(_message.execution);
end
$$;

create function asl.deliver(_execution bigint, _jitter integer = null, out kind text, out outcome text)
language plpgsql as $$
declare
  own asl.executions := asl.execution_of(_execution);
  message asl.messages;
begin
  update asl.executions set jitter = coalesce(_jitter, jitter) where execution = own.execution;
  delete from asl.messages where message_id = asl.first_message(_execution) returning * into message;
  if not found then
    outcome := 'nothing';
    return;
  end if;
  kind := message.kind;
  outcome := case when asl.carry_out(message) then 'done' else 'ignored' end;
end
$$;

-- In a test, a message can be delivered twice.
create function asl.duplicate(_execution bigint, out kind text) language plpgsql as $$
declare
  own asl.executions := asl.execution_of(_execution);
begin
  insert into asl.messages (execution, kind, payload)
  select own.execution, messages.kind, payload from asl.messages
  where message_id = asl.first_message(own.execution)
  returning messages.kind into kind;
end
$$;
`;
