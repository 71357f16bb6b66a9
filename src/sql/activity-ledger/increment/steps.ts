/** The three steps of a message: its work, what follows it, and the end of its job. */
export const steps = `
-- In one transaction.
create procedure ledger.complete_job(_jid text, _expire integer) language plpgsql as $$
begin
  perform ledger.begin_write();
  perform ledger.tell_parent(_jid);
  perform ledger.end_job(_jid, _expire);
  commit;
end
$$;

create function ledger.is_done(_jid text, _guid text, _weight bigint) returns boolean language sql stable as $$
  select coalesce(
    (select ledger.digit_of(value, _weight) > 0 from ledger.guid_ledgers where jid = _jid and guid = _guid), false
  )
$$;

-- Whether it was the message that closed its job, and has not seen to its end.
create function ledger.is_to_be_ended(_jid text, _guid text) returns boolean language sql stable as $$
  select ledger.is_done(_jid, _guid, 100000000000) and not ledger.is_done(_jid, _guid, 100000000)
$$;

-- What follows an activity at that address gets a message.
create function ledger.tell_children(_jid text, _aid text, _dad text, _code integer) returns void language sql as $$
  insert into ledger.messages (kind, jid, gid, aid, dad)
  select 'transition', _jid, gid, child, _dad || ',0'
  from ledger.jobs, ledger.children_of(_aid, _code)
  where jid = _jid
  order by place
$$;

-- After the first one.
create procedure ledger.carry_out_steps(
  _message ledger.messages, _activity ledger.activities, _dad text, _code integer
) language plpgsql as $$
declare
  children integer := (select count(*) from ledger.children_of(_activity.aid, _code));
begin
  if not ledger.is_done(_message.jid, _message.guid, 1000000000) then
    perform ledger.begin_write();
    perform ledger.notarize_step(_message.jid, _message.guid, 2);
    perform ledger.tell_children(_message.jid, _activity.aid, _dad, _code);
    perform ledger.set_status_and_collate_guid(
      _message.jid, _message.guid, children - case when _message.status = 'pending' then 0 else 1 end, 0
    );
    commit;
  end if;
  -- Whoever closed the job sees to its end.
  if ledger.is_to_be_ended(_message.jid, _message.guid) then
    perform ledger.begin_write();
    perform ledger.tell_parent(_message.jid);
    perform ledger.end_job(_message.jid, expire) from ledger.flows where flow = _activity.flow;
    perform ledger.notarize_step(_message.jid, _message.guid, 3);
    perform ledger.notarize_finalize(_message.jid, _activity.aid, _message.dad, _activity.cycle);
    commit;
  end if;
end
$$;

-- Whoever comes again goes on with what was not done. Surprise: each time, the first step is counted once more.
create procedure ledger.begin_job(
  _flow text, _jid text, _guid text, _parent ledger.messages, _is_severed boolean, inout outcome text
) language plpgsql as $$
declare
  own_flow ledger.flows;
  children bigint;
  is_new boolean;
  own_value bigint := 0;
begin
  select * into own_flow from ledger.flows where flow = _flow;
  children := (select count(*) from ledger.children_of(own_flow.trigger, 200));
  perform ledger.begin_write();
  -- Surprise: a name is never free again, also long after its job has expired.
  insert into ledger.jobs (jid, status) values (_jid, children) on conflict do nothing;
  is_new := found;
  if _guid is not null then
    own_value := ledger.add_for_guid(_jid, _guid, 10000000000);
  end if;
  commit;
  if not is_new and own_value <= 10000000000 then
    outcome := 'duplicate-job';
    return;
  end if;

  outcome := 'done';
  if _guid is null or not ledger.is_done(_jid, _guid, 1000000000) then
    perform ledger.begin_write();
    update ledger.jobs
    set gid = 'gen' || nextval('ledger.generations'), flow = _flow, parent_jid = _parent.jid,
      parent_gid = _parent.gid, parent_aid = _parent.aid, parent_dad = _parent.dad, is_severed = _is_severed
    where jid = _jid;
    insert into ledger.activity_ledgers (jid, aid, dad, value)
    values (_jid, own_flow.trigger, ',0', 101100000000001)
    on conflict (jid, aid, dad) do update set value = excluded.value;
    perform ledger.tell_children(_jid, own_flow.trigger, ',0', 200);
    if _is_severed then
      insert into ledger.messages (kind, jid, gid, aid, dad, status, code)
      values ('result', _parent.jid, _parent.gid, _parent.aid, _parent.dad, 'success', 200);
    end if;
    if _guid is not null then
      perform ledger.notarize_step(_jid, _guid, 2);
    end if;
    commit;
  end if;
  if children = 0 and (_guid is null or not ledger.is_done(_jid, _guid, 100000000)) then
    perform ledger.begin_write();
    perform ledger.tell_parent(_jid);
    perform ledger.end_job(_jid, own_flow.expire);
    if _guid is not null then
      perform ledger.notarize_step(_jid, _guid, 3);
    end if;
    commit;
  end if;
end
$$;
`;
