/** The columns that the model knows, in each table. */
export const columns: Readonly<Record<string, readonly string[]>> = {
  'ledger.activities': [
    ...['aid', 'place', 'flow', 'kind', 'cycle', 'ancestor', 'topic', 'sleep', 'starts', 'child', 'awaits'],
    ...['target', 'ancestors'],
  ],
  'ledger.activity_ledgers': ['jid', 'aid', 'dad', 'value'],
  'ledger.flows': ['flow', 'expire', 'trigger'],
  'ledger.guid_ledgers': ['jid', 'guid', 'value'],
  'ledger.hooks': ['topic', 'jid', 'gid', 'aid', 'dad', 'expires_at'],
  'ledger.jobs': [
    ...['jid', 'gid', 'flow', 'status', 'parent_jid', 'parent_gid', 'parent_aid', 'parent_dad', 'is_severed'],
    ...['error_code', 'completions', 'expires_at'],
  ],
  'ledger.messages': [
    ...['message_id', 'kind', 'topic', 'guid', 'jid', 'gid', 'aid', 'dad', 'status', 'code'],
  ],
  'ledger.slots': ['due'],
  'ledger.timers': ['timer_id', 'due', 'jid', 'gid', 'aid', 'dad'],
  'ledger.transitions': ['parent', 'child', 'place', 'code'],
};
