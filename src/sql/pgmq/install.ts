/** Scripts of our own that bring pgmq into a database. */

export const installPgmq = { name: 'pgmq', sql: 'create extension pgmq;' };

/**
 * pgflow before 0.8.0 was written for pgmq 1.4, whose `message_record` has five columns, and its functions fill
 * that type by position. Since pgmq 1.10 a column stands in the middle, and every read of theirs that finds a
 * message fails. The type that they were written for stands in under its name; pgmq's own functions go on
 * returning the installed one, which they refer to by identity.
 */
export const standInMessageRecord = {
  name: 'message_record as in pgmq 1.4',
  sql: `
    alter type pgmq.message_record rename to message_record_installed;
    create type pgmq.message_record as (
      msg_id bigint, read_ct integer, enqueued_at timestamptz, vt timestamptz, message jsonb
    );`,
};
