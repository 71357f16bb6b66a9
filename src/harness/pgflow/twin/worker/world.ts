/** What a worker sees of the simulation that it is part of. */
import type { Instant } from '../../../../model/kernel/instant.ts';
import type { Row } from '../../../../model/kernel/transition.ts';
import type { PgflowCommand } from '../../../../model/pgflow/0.8.1/commands.ts';
import type { PgflowState } from '../../../../model/pgflow/0.8.1/state.ts';
import type { OpenCalls } from '../../../twin/open-calls.ts';
import type { Plan } from '../faults/plans.ts';
import type { FlowDefinition } from '../flow/flow.ts';
import type { AttemptKey, CrashPoint, Note } from '../log/log.ts';
import type { Attempt } from './attempt.ts';
import type { SimulatedWorker } from './worker.ts';

export interface World {
  readonly now: Instant;
  readonly flow: FlowDefinition;
  readonly state: PgflowState;
  /** What the test adds to the context of handlers. */
  readonly context: Readonly<Record<string, unknown>>;
  /** Milliseconds of real time. */
  readonly handlerTimeout: number;
  /** Whether a handler may be called that is not stubbed. */
  readonly handlers: 'real' | 'stubbed';
  /** Handlers that have not settled. */
  readonly calls: OpenCalls;
  readonly isReachable: boolean;
  /** When the database is to be reached again; in the past where it is. */
  readonly reachableFrom: Instant;
  /** Executes a command at this instant. `thrown`: what it reports. @throws DatabaseError where it is refused, or does not arrive. */
  rows(command: PgflowCommand, thrown?: unknown): readonly Row[] | Promise<readonly Row[]>;
  note(note: Note): void;
  at(instant: Instant, run: () => void | Promise<void>): void;
  /** `ms` from now. */
  after(ms: number, run: () => void | Promise<void>): void;
  /** Number of the run, from 1. */
  numberOf(run_id: string): number;
  /** What becomes of the attempt; asked once. */
  planOf(attempt: Attempt): Plan;
  /** Somebody works on it from now on. */
  takesOff(attempt: Attempt): void;
  /** Nobody does any more. */
  lands(attempt: Attempt): void;
  /** Makes a message visible at once that was read. */
  deliverAgain(msg_id: number): void;
  crash(worker: SimulatedWorker, when: CrashPoint, attempt: Attempt): void;
  /** A value was not what it had been on its way through the database. */
  warn(task: AttemptKey, losses: readonly string[]): void;
}
