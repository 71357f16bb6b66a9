/** Everything that takes input from outside. */
import type { Target } from '../fuzz.ts';
import { commandLine } from './command-line.ts';
import { allowed, reports, traces } from './files.ts';
import { installed } from './installed.ts';
import { printed } from './printed.ts';
import { recordings } from './recordings.ts';
import { migrations } from './sql.ts';
import { eventStores, flows } from './twins.ts';

export const targets: readonly Target[] = [
  traces,
  allowed,
  reports,
  recordings,
  migrations,
  installed,
  commandLine,
  flows,
  eventStores,
  printed,
];
