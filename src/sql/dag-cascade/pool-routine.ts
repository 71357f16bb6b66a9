/** A routine for pools, as a user would make one: without any, every task is in the pool of its target. The model knows its name. */

export const standInForPoolRoutine = {
  name: 'a routine for pools',
  sql: `
    create function public.pool_of_node(flow_id integer, node text) returns text immutable language sql as $$
      select node
    $$;`,
};
