/** What flows are made of. */
export const deploying = `
-- The way from the trigger to each activity; one that comes back to itself ends there.
create function ledger.ways(_flow text) returns table (aid text, ancestors text[], is_loop boolean) language sql stable as $$
  with recursive way (aid, ancestors, is_loop) as (
    select trigger, '{}'::text[], false from ledger.flows where flow = _flow
    union all
    select child, way.ancestors || way.aid, child = any (way.ancestors || way.aid)
    from way
    join ledger.transitions on parent = way.aid
    where not is_loop
  )
  select * from way
$$;

create function ledger.deploy_transitions(_flow text, _transitions jsonb) returns void language plpgsql as $$
declare
  each record;
  stranger text;
begin
  for each in
    select transition.place, transition.value ->> 'from' as parent, transition.value ->> 'to' as child,
      (transition.value ->> 'code')::integer as code
    from jsonb_array_elements(_transitions) with ordinality as transition (value, place)
  loop
    select name into stranger
    from unnest(array[each.parent, each.child]) with ordinality as named (name, place)
    where not exists (select from ledger.activities where flow = _flow and aid = name)
    order by named.place;
    if found then
      raise exception 'flow % has no activity %', _flow, stranger;
    end if;
    -- The original knows one way to each activity.
    if exists (select from ledger.transitions where child = each.child) then
      raise exception 'flow % leads to % twice', _flow, each.child;
    end if;
    insert into ledger.transitions values (each.parent, each.child, each.place, each.code);
  end loop;
end
$$;

create function ledger.deploy_flow(_flow jsonb) returns void language plpgsql as $$
declare
  name text := _flow ->> 'flow';
  activity record;
  wrong record;
begin
  if exists (select from ledger.flows where flow = name) then
    raise exception 'flow % is there twice', name;
  end if;
  if exists (
    select from jsonb_array_elements(_flow -> 'activities') with ordinality as given (value, place)
    where (given.value ->> 'kind' = 'trigger') <> (given.place = 1)
  ) then
    raise exception 'flow % must begin with its one trigger', name;
  end if;
  insert into ledger.flows
  values (name, coalesce((_flow ->> 'expire')::integer, 1), _flow -> 'activities' -> 0 ->> 'aid');
  for activity in select value from jsonb_array_elements(_flow -> 'activities') loop
    if exists (select from ledger.activities where aid = activity.value ->> 'aid') then
      raise exception 'activity % is there twice', activity.value ->> 'aid';
    end if;
    insert into ledger.activities
    select given.aid, (select count(*) from ledger.activities), name, given.kind, coalesce(given.cycle, false),
      given.ancestor, given.topic, coalesce(given.sleep, 0), given.flow, given.child, coalesce(given."await", true),
      given.target, '{}'
    from jsonb_to_record(activity.value) as given (
      aid text, kind text, cycle boolean, ancestor text, topic text, sleep integer, flow text, child text,
      "await" boolean, target text
    );
  end loop;
  -- What a cycle leads back to can be entered again, whether or not it says so.
  update ledger.activities
  set cycle = true
  where aid in (select ancestor from ledger.activities where flow = name and kind = 'cycle');
  perform ledger.deploy_transitions(name, _flow -> 'transitions');

  select aid into wrong from ledger.ways(name) where is_loop;
  if found then
    raise exception 'flow % leads from % back to itself', name, wrong.aid;
  end if;
  update ledger.activities
  set ancestors = way.ancestors
  from ledger.ways(name) as way
  where activities.aid = way.aid;

  -- A trigger cannot be entered again.
  select aid, kind, case kind when 'cycle' then 'an activity on the way to it that can be entered again' else 'a topic' end as lacking
  into wrong
  from ledger.activities
  where case kind
    when 'cycle' then (ancestor = any (ancestors[2:]) and ledger.can_be_cycled(ancestor)) is not true
    when 'worker' then topic is null
    when 'signal' then topic is null
    else false
  end
  order by place;
  if found then
    raise exception '% % must name %', wrong.kind, wrong.aid, wrong.lacking;
  end if;
end
$$;

-- In the place of what was deployed before.
create function ledger.deploy(_flows jsonb) returns void language plpgsql as $$
declare
  flow record;
begin
  if exists (select from ledger.jobs) or exists (select from ledger.messages)
    or exists (select from ledger.hooks) or exists (select from ledger.timers) then
    raise exception 'there are jobs, messages, hooks or timers already';
  end if;
  delete from ledger.transitions;
  delete from ledger.activities;
  delete from ledger.flows;
  for flow in select value from jsonb_array_elements(_flows) loop
    perform ledger.deploy_flow(flow.value);
  end loop;
end
$$;
`;
