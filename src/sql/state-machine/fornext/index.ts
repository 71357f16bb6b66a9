/** Our own SQL of the release. */
import { choices } from './choices.ts';
import { clock } from './clock.ts';
import { completing } from './completing.ts';
import { creating } from './creating.ts';
import { executor } from './executor.ts';
import { inputOutput } from './input-output.ts';
import { machines } from './machines.ts';
import { nested } from './nested.ts';
import { paths } from './paths.ts';
import { queue } from './queue.ts';
import { resultPath } from './result-path.ts';
import { starting } from './starting.ts';
import { tables } from './tables.ts';
import { tasks } from './tasks.ts';

/** In the order in which they are installed. */
export const fornextScripts: readonly { readonly name: string; readonly sql: string }[] = [
  { name: 'fornext-tables.sql', sql: tables },
  { name: 'fornext-clock.sql', sql: clock },
  { name: 'fornext-queue.sql', sql: queue },
  { name: 'fornext-machines.sql', sql: machines },
  { name: 'fornext-paths.sql', sql: paths },
  { name: 'fornext-result-path.sql', sql: resultPath },
  { name: 'fornext-input-output.sql', sql: inputOutput },
  { name: 'fornext-choices.sql', sql: choices },
  { name: 'fornext-creating.sql', sql: creating },
  { name: 'fornext-starting.sql', sql: starting },
  { name: 'fornext-nested.sql', sql: nested },
  { name: 'fornext-completing.sql', sql: completing },
  { name: 'fornext-tasks.sql', sql: tasks },
  { name: 'fornext-executor.sql', sql: executor },
];
