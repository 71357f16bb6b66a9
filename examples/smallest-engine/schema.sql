-- The system under test: a stock of items. Put some in, take some out; there are never fewer than none.
create schema stock;

create table stock.items (
  name text primary key,
  amount integer not null check (amount >= 0)
);

create function stock.put(name text, amount integer) returns integer language sql as $$
  insert into stock.items as item values (put.name, put.amount)
  on conflict (name) do update set amount = item.amount + excluded.amount
  returning item.amount
$$;

create function stock.take(name text, amount integer) returns integer language plpgsql as $$
declare
  left_over integer;
begin
  update stock.items as item set amount = item.amount - take.amount
  where item.name = take.name
  returning item.amount into left_over;
  if left_over is null then
    raise exception 'no item %', take.name;
  end if;
  return left_over;
end
$$;
