/** Jobs, and how one activity leads to the next. */
export const jobs = `
-- Surprise: where a ledger is there already, its activity can be entered as if for the first time.
create function ledger.make_ready(_jid text, _aid text, _dad text, _code integer) returns void language sql as $$
  insert into ledger.activity_ledgers (jid, aid, dad, value)
  select _jid, child, _dad || ',0', 999000000000000
  from ledger.children_of(_aid, _code)
  on conflict (jid, aid, dad) do update set value = excluded.value
$$;

-- Whoever waits for its end is notified; then it expires.
create procedure ledger.complete_job(_jid text, _expire integer) language plpgsql as $$
begin
  if exists (select from ledger.jobs where jid = _jid and parent_jid is not null and not is_severed) then
    perform ledger.begin_write();
    perform ledger.tell_parent(_jid);
    commit;
  end if;
  perform ledger.begin_write();
  perform ledger.end_job(_jid, _expire);
  commit;
end
$$;

-- What follows an activity at that address gets a message, unless its job is over.
create procedure ledger.lead_on(_jid text, _aid text, _dad text, _code integer, _expire integer)
language plpgsql as $$
declare
  job ledger.jobs;
begin
  select * into job from ledger.jobs where jid = _jid;
  if job.status <= 0 then
    call ledger.complete_job(_jid, _expire);
  elsif exists (select from ledger.children_of(_aid, _code)) then
    perform ledger.begin_write();
    insert into ledger.messages (kind, jid, gid, aid, dad)
    select 'transition', _jid, job.gid, child, _dad || ',0' from ledger.children_of(_aid, _code) order by place;
    commit;
  end if;
end
$$;

-- Surprise: one that ends between two of the writes leaves a job that nobody goes on with.
create procedure ledger.begin_job(
  _flow text, _jid text, _guid text, _parent ledger.messages, _is_severed boolean, inout outcome text
) language plpgsql as $$
declare
  own_trigger text := (select trigger from ledger.flows where flow = _flow);
  children bigint := (select count(*) from ledger.children_of(own_trigger, 200));
  is_new boolean;
  is_overage boolean;
begin
  perform ledger.begin_write();
  -- Surprise: a name is never free again, also long after its job has expired.
  insert into ledger.jobs (jid, status) values (_jid, children) on conflict do nothing;
  is_new := found;
  commit;
  if not is_new then
    perform ledger.begin_write();
    is_overage := ledger.is_inception_overage(_jid, _guid);
    commit;
    outcome := case when is_overage then 'overage' else 'duplicate-job' end;
    return;
  end if;

  perform ledger.begin_write();
  update ledger.jobs
  set gid = 'gen' || nextval('ledger.generations'), flow = _flow, status = children, parent_jid = _parent.jid,
    parent_gid = _parent.gid, parent_aid = _parent.aid, parent_dad = _parent.dad, is_severed = _is_severed
  where jid = _jid;
  insert into ledger.activity_ledgers (jid, aid, dad, value)
  values (_jid, own_trigger, ',0', 888000001000001)
  on conflict (jid, aid, dad) do update set value = excluded.value;
  perform ledger.make_ready(_jid, own_trigger, ',0', 200);
  perform ledger.notarize_inception(_jid, _guid);
  commit;
  if _is_severed then
    perform ledger.begin_write();
    insert into ledger.messages (kind, jid, gid, aid, dad, status, code)
    values ('result', _parent.jid, _parent.gid, _parent.aid, _parent.dad, 'success', 200);
    commit;
  end if;
  -- Surprise: one that has nothing to do is not kept for as long as its flow says.
  call ledger.lead_on(_jid, own_trigger, ',0', 200, 1);
  outcome := 'done';
end
$$;
`;
