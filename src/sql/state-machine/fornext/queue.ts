/** The messages of an executor, and how it comes to an end. */
export const queue = `
create function asl.is_full(_executor bigint) returns boolean language sql stable as $$
  select count(*) >= 100 from asl.messages where executor = _executor
$$;

-- Nobody but the executor takes messages out of its queue. Surprise: where it is full, whoever pushes waits for a place, and
-- an executor that does so waits for itself. Nobody is told. Gives whether it goes on.
create function asl.push(_executor bigint, _kind text, _payload jsonb) returns boolean language plpgsql as $$
begin
  if asl.is_full(_executor) then
    update asl.executors set status = 'deadlocked' where executor = _executor;
    return false;
  end if;
  insert into asl.messages (executor, kind, payload) values (_executor, _kind, _payload);
  return true;
end
$$;

-- What was in memory is lost. What was written stays.
create function asl.panic(_executor bigint, _words text) returns void language sql as $$
  update asl.executors set status = 'panicked', words = _words where executor = _executor;
  delete from asl.messages where executor = _executor;
  delete from asl.sleeps where executor = _executor;
$$;

-- Null where there is none.
create function asl.first_message(_executor bigint) returns bigint language sql stable as $$
  select min(message_id) from asl.messages where executor = _executor
$$;

-- In a test, a message can be delivered twice.
create function asl.duplicate(_executor bigint, out kind text) language sql as $$
  insert into asl.messages (executor, kind, payload)
  select executor, kind, payload from asl.messages where message_id = asl.first_message(_executor)
  returning kind
$$;
`;
