/**
 * Our stand-in for what Supabase calls realtime: a `send` that writes down what it was asked to broadcast.
 * The order of the rows is the order of the calls.
 */
export const realtime = {
  name: 'stand-in for realtime',
  sql: `
    create schema realtime;
    create table realtime.sent (
      id bigint primary key generated always as identity,
      payload jsonb, event text, topic text, private boolean
    );
    create function realtime.send(payload jsonb, event text, topic text, private boolean default true)
    returns void language sql as $$
      insert into realtime.sent (payload, event, topic, private)
      values (send.payload, send.event, send.topic, send.private);
    $$;`,
};
