/** The operations of the collator: each one addition, and what the number tells then. */
export const collator = `
-- A digit of the number as it is written. Surprise: without leading zeros, so that of a shorter number it is another one.
create function ledger.digit_at(_value bigint, _place integer) returns integer language sql immutable as $$
  select case substr(_value::text, _place + 1, 1)
    when '' then 0
    when '-' then 9
    else substr(_value::text, _place + 1, 1)::integer
  end
$$;

create function ledger.verify_integer(_value bigint, _leg integer, _stage text, out fault text)
language sql immutable as $$
  select case
    when _leg = 1 and _stage = 'enter' then case
      when _value = -100000000000000 then 'missing'
      when ledger.digit_at(_value, 0) < 8 then 'duplicate'
      when _value <> 899000000000000 then 'invalid'
    end
    when _leg = 1 then case
      when _value = -10000000000000 then 'missing'
      when ledger.digit_at(_value, 1) < 8 then 'duplicate'
    end
    when _stage = 'enter' then case
      when ledger.digit_at(_value, 0) = 9 or ledger.digit_at(_value, 1) = 9 then 'forbidden'
      when ledger.digit_at(_value, 2) < 9 then 'inactive'
    end
  end
$$;

create function ledger.verify_synthetic_integer(_value bigint, out fault text) language sql immutable as $$
  select case
    when right(_value::text, 1)::integer > 0 then 'inactive'
    when _value >= 2000000 then 'duplicate'
  end
$$;

-- Null where there are fewer than nine characters.
create function ledger.get_dimensional_index(_value bigint, out index integer) language sql immutable as $$
  select case when length(_value::text) >= 9 then substr(_value::text, 4, 6)::integer - 1 end
$$;

create function ledger.add_for_guid(_jid text, _guid text, out value bigint) language sql as $$
  insert into ledger.guid_ledgers as known (jid, guid, value)
  values (_jid, _guid, 1000000)
  on conflict (jid, guid) do update set value = known.value + excluded.value
  returning known.value
$$;

-- Surprise: what was added stays, also where there is a fault.
create function ledger.notarize_entry(_jid text, _aid text, _dad text, out value bigint, out fault text)
language plpgsql as $$
begin
  value := ledger.add(_jid, _aid, _dad, -100000000000000);
  fault := ledger.verify_integer(value, 1, 'enter');
end
$$;

create function ledger.authorize_reentry(_jid text, _aid text, _dad text, out value bigint, out fault text)
language sql as $$
  select ledger.add(_jid, _aid, _dad, -10000000000000), null
$$;

create function ledger.notarize_early_exit(_jid text, _aid text, _dad text, out value bigint, out fault text)
language sql as $$
  select ledger.add(_jid, _aid, _dad, -11000000000000), null
$$;

create function ledger.notarize_early_completion(
  _jid text, _aid text, _dad text, _cycle boolean, out value bigint, out fault text
) language sql as $$
  select ledger.add(_jid, _aid, _dad, case when _cycle then -9999998999999 else -10999998999999 end), null
$$;

-- Counted where the activity was not cycled yet, and for the message itself.
create function ledger.notarize_reentry(
  _jid text, _aid text, _dad text, _guid text, out value bigint, out fault text, out guid_value bigint
) language plpgsql as $$
begin
  value := ledger.add(
    _jid, _aid, case when _dad <> '' then ledger.without_last_index(_dad) || ',0' else '' end, 1000000
  );
  guid_value := ledger.add_for_guid(_jid, _guid);
  fault := coalesce(ledger.verify_integer(value, 2, 'enter'), ledger.verify_synthetic_integer(guid_value));
end
$$;

create function ledger.notarize_continuation(_jid text, _aid text, _dad text, out value bigint, out fault text)
language sql as $$
  select ledger.add(_jid, _aid, _dad, 1), null
$$;

create function ledger.notarize_completion(
  _jid text, _aid text, _dad text, _cycle boolean, out value bigint, out fault text
) language sql as $$
  select ledger.add(_jid, _aid, _dad, case when _cycle then 1 else -999999999999 end), null
$$;

create function ledger.notarize_inception(_jid text, _guid text, out value bigint) language plpgsql as $$
begin
  -- Surprise: an empty guid is none.
  if _guid <> '' then
    value := ledger.add_for_guid(_jid, _guid);
  end if;
end
$$;

create function ledger.is_inception_overage(_jid text, _guid text, out is_overage boolean) language plpgsql as $$
begin
  is_overage := case when _guid <> '' then ledger.add_for_guid(_jid, _guid) <> 1000000 else false end;
end
$$;
`;
