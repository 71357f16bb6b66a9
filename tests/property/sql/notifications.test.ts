/** Notifications are not compared, and whoever's SQL sends some is told. */
import { expect, test } from 'vitest';
import { notificationRemark } from '../../../src/sql/notifications.ts';

test.each([
  "create function f() returns trigger language plpgsql as $$ begin perform pg_notify('done', 'x'); return new; end $$;",
  "select pg_notify ('a', 'b')",
  "NOTIFY pgrst, 'reload schema';",
  'create table t (); notify t;',
  'create function f() returns void language plpgsql as $$ begin notify done; end $$',
  'create rule r as on insert to t do also notify done',
  'create rule r as on insert to t do also (select 1; notify done)',
  `do $$ begin execute 'notify done'; end $$`,
])('SQL that sends some has a remark: %s', (sql) => {
  expect(notificationRemark(['select 1', sql])).toEqual([
    'not compared: notifications (NOTIFY, pg_notify), which leave no trace in the database',
  ]);
});

test.each([
  "-- pg_notify('x')\nselect 1",
  'create table notify (a int)',
  'create table t (notify boolean)',
  'select notify from t; select case when a then notify end from t',
  `do $$ begin raise notice 'Notify the team'; raise notice 'notify me'; end $$`,
  `comment on table t is 'notify me'; comment on function f(int) is 'notify me'`,
  `insert into texts values ('notify me')`,
])('SQL that only has the word has none: %s', (sql) => {
  expect(notificationRemark([sql])).toEqual([]);
});
