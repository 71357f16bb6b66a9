/** The operations of the second collator: fifteen digits that only grow. */
export const collator = `
-- A digit by its weight.
create function ledger.digit_of(_value bigint, _weight bigint) returns integer language sql immutable as $$
  select (abs(_value) / _weight % 10)::integer
$$;

create function ledger.verify_integer(_value bigint, _leg integer, _stage text, out fault text)
language sql immutable as $$
  select case
    when _stage = 'exit' then null
    when _leg = 1 then case
      when abs(_value) / 1000000000000 % 100 = 0 then 'missing'
      when ledger.digit_of(_value, 100000000000) > 0 then 'duplicate'
    end
    when ledger.digit_of(_value, 100000000000) = 0 then 'forbidden'
    when ledger.digit_of(_value, 100000000000000) >= 2 then 'inactive'
  end
$$;

-- Nothing is left to do for a message that has come to its end.
create function ledger.verify_synthetic_integer(_value bigint, out fault text) language sql immutable as $$
  select case
    when ledger.digit_of(_value, 100000000) > 0 then 'inactive'
    when ledger.digit_of(_value, 1000000000) > 0 and ledger.digit_of(_value, 100000000000) = 0 then 'inactive'
  end
$$;

-- Null where leg 2 was never entered.
create function ledger.get_dimensional_index(_value bigint, out index integer) language sql immutable as $$
  select nullif(abs(_value) % 100000000, 0)::integer - 1
$$;

create function ledger.add_for_guid(_jid text, _guid text, _amount bigint, out value bigint) language sql as $$
  insert into ledger.guid_ledgers as known (jid, guid, value)
  values (_jid, _guid, _amount)
  on conflict (jid, guid) do update set value = known.value + excluded.value
  returning known.value
$$;

-- Nothing is added where the counter has no room.
create function ledger.notarize_leg1_entry(_jid text, _aid text, _dad text, out value bigint, out fault text)
language plpgsql as $$
begin
  value := coalesce(
    (select known.value from ledger.activity_ledgers as known where jid = _jid and aid = _aid and dad = _dad), 0
  );
  if abs(value) / 1000000000000 % 100 = 99 then
    fault := 'exhausted';
  else
    value := ledger.add(_jid, _aid, _dad, 1000000000000);
    fault := ledger.verify_integer(value, 1, 'enter');
  end if;
end
$$;

-- Of what can be cycled, the first round counts as an entry, so that the next one is another.
create function ledger.notarize_leg1_completion(
  _jid text, _aid text, _dad text, _cycle boolean, out value bigint
) language sql as $$
  select ledger.add(_jid, _aid, _dad, case when _cycle then 100000000001 else 100000000000 end)
$$;

-- The first time, the message's own ledger begins with which entry it was. Surprise: the entry is counted each time that
-- the message comes.
create function ledger.notarize_leg2_entry(
  _jid text, _aid text, _dad text, _guid text, out value bigint, out fault text, out guid_value bigint
) language plpgsql as $$
declare
  first_dad text := case when _dad <> '' then ledger.without_last_index(_dad) || ',0' else '' end;
  is_known boolean;
begin
  value := coalesce(
    (select known.value from ledger.activity_ledgers as known where jid = _jid and aid = _aid and dad = first_dad), 0
  );
  guid_value := (select known.value from ledger.guid_ledgers as known where jid = _jid and guid = _guid);
  is_known := guid_value is not null;
  if abs(value) % 100000000 = 99999999 then
    fault := 'exhausted';
    guid_value := coalesce(guid_value, 0);
    return;
  end if;
  value := ledger.add(_jid, _aid, first_dad, 1);
  if not is_known then
    guid_value := ledger.add_for_guid(_jid, _guid, abs(value) % 100000000);
  end if;
  fault := ledger.verify_integer(value, 2, 'enter');
  -- One that was let in before goes on, also where no new one is let in.
  if fault is null or (fault = 'inactive' and is_known) then
    fault := ledger.verify_synthetic_integer(guid_value);
  end if;
end
$$;

create function ledger.notarize_step(_jid text, _guid text, _step integer, out guid_value bigint)
language sql as $$
  select ledger.add_for_guid(_jid, _guid, (array[10000000000, 1000000000, 100000000])[_step])
$$;

-- What can be cycled stays open.
create function ledger.notarize_finalize(_jid text, _aid text, _dad text, _cycle boolean, out value bigint)
language sql as $$
  select ledger.add(_jid, _aid, _dad, case when _cycle then 0 else 200000000000000 end)
$$;

-- In one statement: the job's status, and whether this message brought it to the threshold, which its own ledger keeps.
create function ledger.set_status_and_collate_guid(
  _jid text, _guid text, _delta integer, _threshold integer, out is_closed boolean
) language sql as $$
  with changed as (
    update ledger.jobs set status = status + _delta where jid = _jid returning status = _threshold as is_closed
  ), kept as (
    insert into ledger.guid_ledgers as known (jid, guid, value)
    select _jid, _guid, case when changed.is_closed then 100000000000 else 0 end from changed
    on conflict (jid, guid) do update set value = known.value + excluded.value
  )
  select changed.is_closed from changed
$$;
`;
