/** Dimensional addresses, and additions to ledgers. */
export const ledgers = `
create function ledger.without_last_index(_dad text) returns text language sql immutable as $$
  select case
    when strpos(_dad, ',') = 0 then ''
    else left(_dad, length(_dad) - strpos(reverse(_dad), ','))
  end
$$;

create function ledger.get_dimensions_by_id(_ancestors text[], _dad text, out dimensions jsonb)
language plpgsql immutable as $$
declare
  address text := _dad;
begin
  dimensions := jsonb_build_object('$ADJACENT', _dad || ',0');
  for place in reverse cardinality(_ancestors)..1 loop
    -- A name that the original cannot keep.
    if _ancestors[place] <> '__proto__' then
      dimensions := dimensions || jsonb_build_object(_ancestors[place], address);
    end if;
    address := ledger.without_last_index(address);
  end loop;
end
$$;

-- Surprise: an address that is too short is filled up.
create function ledger.resolve_reentry_dimension(_ancestors text[], _ancestor text, _dad text, out dad text)
language sql immutable as $$
  select array_to_string(
    array(
      select coalesce((string_to_array(_dad, ','))[place], '')
      from generate_series(1, coalesce(array_position(_ancestors, _ancestor), 0)) as place
    ) || '0'::text,
    ','
  )
$$;

create function ledger.add(_jid text, _aid text, _dad text, _amount bigint, out value bigint) language sql as $$
  insert into ledger.activity_ledgers as known (jid, aid, dad, value)
  values (_jid, _aid, _dad, _amount)
  on conflict (jid, aid, dad) do update set value = known.value + excluded.value
  returning known.value
$$;

create function ledger.collate(_jid text, _aid text, _dad text, _amount bigint, out value bigint) language sql as $$
  select ledger.add(_jid, _aid, _dad, _amount)
$$;
`;
