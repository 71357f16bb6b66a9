/** What tells the rows of each table apart. */
const keys: Readonly<Record<string, readonly string[]>> = {
  'ledger.activities': ['aid'],
  'ledger.activity_ledgers': ['jid', 'aid', 'dad'],
  'ledger.flows': ['flow'],
  'ledger.guid_ledgers': ['jid', 'guid'],
  'ledger.hooks': ['topic'],
  'ledger.jobs': ['jid'],
  'ledger.messages': ['message_id'],
  'ledger.slots': ['due'],
  'ledger.timers': ['timer_id'],
  'ledger.transitions': ['child'],
};

export const keyOf = (table: string): readonly string[] => keys[table] ?? [];
