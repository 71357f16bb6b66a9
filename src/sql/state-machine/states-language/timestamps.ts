/** Instants, as texts. */
export const timestamps = `
create function asl.is_timestamp(_value jsonb) returns boolean language sql stable as $$
  select jsonb_typeof(_value) = 'string'
    and (_value #>> '{}') ~ ('^(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]'
      || '([.][0-9]+)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$')
    and pg_input_is_valid(left(_value #>> '{}', 10), 'date')
$$;

-- Surprise: Postgres takes no offset of 16 hours or more. So it is subtracted here.
create function asl.instant(_value jsonb) returns timestamptz language sql immutable as $$
  select substring(_value #>> '{}' from '^.{19}(?:[.][0-9]{1,3})?')::timestamp at time zone 'UTC'
    - coalesce(substring(_value #>> '{}' from '[+-][0-9]{2}:[0-9]{2}$'), '0')::interval
$$;

create function asl.iso(_instant timestamptz) returns text language sql immutable as $$
  select to_char(_instant at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;
`;
