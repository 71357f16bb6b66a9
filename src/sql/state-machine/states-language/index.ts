/** Our own SQL of the release. */
import { choices } from './choices.ts';
import { completing } from './completing.ts';
import { context } from './context.ts';
import { delivering } from './delivering.ts';
import { executions } from './executions.ts';
import { failing } from './failing.ts';
import { failures } from './failures.ts';
import { faults } from './faults.ts';
import { parts } from './parts.ts';
import { paths } from './paths.ts';
import { plans } from './plans.ts';
import { queue } from './queue.ts';
import { resultPath } from './result-path.ts';
import { ruleFaults } from './rule-faults.ts';
import { running } from './running.ts';
import { states } from './states.ts';
import { tables } from './tables.ts';
import { tasks } from './tasks.ts';
import { templates } from './templates.ts';
import { timestamps } from './timestamps.ts';

/** In the order in which they are installed. */
export const statesLanguageScripts: readonly { readonly name: string; readonly sql: string }[] = [
  { name: 'states-language-tables.sql', sql: tables },
  { name: 'states-language-failures.sql', sql: failures },
  { name: 'states-language-paths.sql', sql: paths },
  { name: 'states-language-result-path.sql', sql: resultPath },
  { name: 'states-language-templates.sql', sql: templates },
  { name: 'states-language-timestamps.sql', sql: timestamps },
  { name: 'states-language-states.sql', sql: states },
  { name: 'states-language-choices.sql', sql: choices },
  { name: 'states-language-faults.sql', sql: faults },
  { name: 'states-language-rule-faults.sql', sql: ruleFaults },
  { name: 'states-language-context.sql', sql: context },
  { name: 'states-language-plans.sql', sql: plans },
  { name: 'states-language-queue.sql', sql: queue },
  { name: 'states-language-failing.sql', sql: failing },
  { name: 'states-language-completing.sql', sql: completing },
  { name: 'states-language-parts.sql', sql: parts },
  { name: 'states-language-running.sql', sql: running },
  { name: 'states-language-executions.sql', sql: executions },
  { name: 'states-language-delivering.sql', sql: delivering },
  { name: 'states-language-tasks.sql', sql: tasks },
];
