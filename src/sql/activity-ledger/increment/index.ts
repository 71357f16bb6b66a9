/** Our own SQL of the second release. */
import { deploying } from '../deploy.ts';
import { jobs } from '../jobs.ts';
import { ledgers } from '../ledgers.ts';
import { messages } from '../messages.ts';
import { tables } from '../tables.ts';
import { activities } from './activities.ts';
import { collator } from './collator.ts';
import { steps } from './steps.ts';

/** In the order in which they are installed. */
export const incrementScripts: readonly { readonly name: string; readonly sql: string }[] = [
  { name: 'ledger-tables.sql', sql: tables },
  { name: 'ledger-additions.sql', sql: ledgers },
  { name: 'ledger-jobs.sql', sql: jobs },
  { name: 'increment-collator.sql', sql: collator },
  { name: 'increment-steps.sql', sql: steps },
  { name: 'increment-activities.sql', sql: activities },
  { name: 'ledger-deploying.sql', sql: deploying },
  { name: 'ledger-messages.sql', sql: messages },
];
