/** Our own SQL of the first release. */
import { deploying } from '../deploy.ts';
import { jobs } from '../jobs.ts';
import { ledgers } from '../ledgers.ts';
import { messages } from '../messages.ts';
import { tables } from '../tables.ts';
import { activities } from './activities.ts';
import { collator } from './collator.ts';
import { jobs as ownJobs } from './jobs.ts';

/** In the order in which they are installed. */
export const countdownScripts: readonly { readonly name: string; readonly sql: string }[] = [
  { name: 'ledger-tables.sql', sql: tables },
  { name: 'ledger-additions.sql', sql: ledgers },
  { name: 'ledger-jobs.sql', sql: jobs },
  { name: 'countdown-collator.sql', sql: collator },
  { name: 'countdown-jobs.sql', sql: ownJobs },
  { name: 'countdown-activities.sql', sql: activities },
  { name: 'ledger-deploying.sql', sql: deploying },
  { name: 'ledger-messages.sql', sql: messages },
];
