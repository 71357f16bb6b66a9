/** The hybrid logical clock of an executor, which names what it makes. */
export const clock = `
create function asl.as_uint64(_wall bigint, _logical bigint, out value text) language sql immutable as $$
  select (_logical::numeric * 4294967296 + _wall)::text
$$;

-- The same in hexadecimal digits: too large for one bigint.
create function asl.as_string(_wall bigint, _logical bigint, out value text) language sql immutable as $$
  select case when _logical = 0 then to_hex(_wall) else to_hex(_logical) || lpad(to_hex(_wall), 8, '0') end
$$;

create function asl.parse_timestamp(_value text, out wall bigint, out logical bigint) language sql immutable as $$
  select mod(_value::numeric, 4294967296)::bigint, div(_value::numeric, 4294967296)::bigint
$$;

create function asl.seconds() returns bigint language sql stable as $$
  select floor(extract(epoch from now()))::bigint
$$;

-- Surprise: after its last value the count begins anew.
create function asl.next(_executor bigint, out wall bigint, out logical bigint) language sql as $$
  update asl.executors
  set wall = greatest(wall, asl.seconds()),
    logical = case when wall >= asl.seconds() then (logical + 1) % 4294967296 else 0 end
  where executor = _executor
  returning wall, logical
$$;

create function asl.next_string(_executor bigint) returns text language sql as $$
  select asl.as_string(wall, logical) from asl.next(_executor)
$$;

create function asl.executor_of(_executor bigint) returns asl.executors language plpgsql as $$
declare
  own asl.executors;
begin
  select * into own from asl.executors where executor = _executor;
  if not found then
    raise exception 'no executor %', _executor;
  end if;
  return own;
end
$$;

create function asl.take_time(_executor bigint, _wall bigint, _logical bigint) returns void language sql as $$
  update asl.executors
  set wall = _wall, logical = case when wall = _wall then greatest(logical, _logical) else _logical end
  where executor = _executor and wall <= _wall
$$;

-- What another clock shows is not fallen behind.
create function asl.hlc_update(_executor bigint, _wall bigint, _logical bigint, out wall bigint, out logical bigint)
language plpgsql as $$
declare
  own asl.executors;
begin
  perform asl.take_time(_executor, _wall, _logical);
  own := asl.executor_of(_executor);
  wall := own.wall;
  logical := own.logical;
end
$$;
`;
