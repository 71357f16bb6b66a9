/** A failure is an object with an error and a cause, either of which may be JSON null. */
export const failures = `
create function asl.failure(_error text, _cause text) returns jsonb language sql immutable as $$
  select jsonb_build_object('error', _error, 'cause', _cause)
$$;

-- Ends a computation, before anything is written: whoever began it goes on with the failure.
create function asl.give_up(_error text, _cause text) returns void language plpgsql as $$
begin
  raise exception using errcode = 'ASL01', message = asl.failure(_error, _cause)::text;
end
$$;

create function asl.selects_nothing(_field text, _path text) returns void language sql as $$
  select asl.give_up('States.Runtime', format('%s %s selects nothing', _field, _path))
$$;

create function asl.cannot_use(_field text, _path text) returns void language sql as $$
  select asl.give_up('States.Runtime', format('%s %s selects what it cannot use', _field, _path))
$$;
`;
