/**
 * Entry point `pgtwin/client`: the client that `@pgflow/core` publishes as `IPgflowClient`, on a simulation, for code
 * that is built on that interface. Loads no package: the interface is a type.
 */
import type { IPgflowClient, MessageRecord, RunRow, StepTaskKey, StepTaskRecord } from '@pgflow/core';
import type { Json } from '@pgflow/dsl';
import type { Row } from '../../../../model/kernel/transition.ts';
import type { PgflowCommand } from '../../../../model/pgflow/0.8.1/commands.ts';
import { checkNames, checkObject, wholeNumber } from '../../../twin/checks.ts';
import { PostgresError } from '../../../twin/database-error.ts';
import { SimulationError, shown } from '../../../twin/simulation-error.ts';
import type { Engine } from '../engine/engine.ts';
import type { AnyFlow } from '../flow/types.ts';
import type { AttemptKey, TaskKey } from '../log/log.ts';
import type { Simulation } from '../simulation.ts';
import { SimulationOf } from '../simulation-of.ts';
import { outputOf, textOf } from '../worker/report.ts';
import { poll } from './client-poll.ts';
import { messagesForClient, runForClient, tasksForClient } from './client-rows.ts';
import { inTurn } from './client-turn.ts';

export interface ClientOptions {
  /**
   * Default: true. A worker without a row in the database gets one when it starts its first task. In production the
   * platform creates this row earlier. With false, its tasks are refused (23503), as in production.
   */
  readonly registerWorkers?: boolean;
}

/**
 * The client of `@pgflow/core`, on the database of the simulation. Each call takes place at the current virtual instant
 * and advances the time as far as it needs. A poll that finds nothing takes its `maxPollSeconds`, but no real time. It
 * returns what the published client returns: message ids are strings and timestamps are Dates, whatever the types say.
 * A simulation has its own workers; `simulate(flow, { workers: 0 })` has none.
 * @throws SimulationError if `simulation` is not a simulation
 */
export function pgflowClient<F extends AnyFlow>(
  simulation: Simulation<F>,
  options: ClientOptions = {},
): IPgflowClient<F> {
  checkObject(simulation, 'simulation');
  checkObject(options, 'options');
  checkNames(options, 'options', names);
  const { registerWorkers = true } = options;
  const engine = SimulationOf.engineOf(simulation);
  if (engine === undefined) {
    throw new SimulationError(`simulation is ${shown(simulation)}: expected the result of simulate()`);
  }
  if (typeof registerWorkers !== 'boolean') {
    throw new SimulationError(`options.registerWorkers is ${shown(registerWorkers)}: expected true or false`);
  }
  return new SimulatedClient(engine, simulation as never, registerWorkers) as unknown as IPgflowClient<F>;
}

const names: ReadonlySet<string> = new Set<keyof ClientOptions>(['registerWorkers']);

class SimulatedClient implements IPgflowClient<AnyFlow> {
  readonly #engine: Engine;
  readonly #simulation: SimulationOf;
  readonly #registerWorkers: boolean;

  constructor(engine: Engine, simulation: SimulationOf, registerWorkers: boolean) {
    this.#engine = engine;
    this.#simulation = simulation;
    this.#registerWorkers = registerWorkers;
  }

  /** `pgflow.start_flow`. @throws DatabaseError where it is refused. */
  async startFlow(flow_slug: string, input: unknown, run_id?: string): Promise<RunRow> {
    this.#checkFlow(flow_slug, 'flow_slug');
    // The published client takes an empty id for none as well.
    const run = this.#simulation.start(input, run_id ? { run_id } : {});
    const engine = this.#engine;
    await engine.clock.drive(() => run.refusal !== undefined || engine.state.runs.has(run.id));
    if (run.refusal) throw run.refusal.cause;
    return runForClient(engine.state.runs.get(run.id)!) as RunRow;
  }

  /** `pgmq.read_with_poll`. @throws DatabaseError where the database is out of reach. */
  async readMessages(
    queueName: string,
    visibilityTimeout: number,
    batchSize: number,
    maxPollSeconds = 5,
    pollIntervalMs = 200,
  ): Promise<MessageRecord[]> {
    this.#checkFlow(queueName, 'queueName');
    const messages = await poll(this.#engine, {
      visibilityTimeout: wholeNumber(visibilityTimeout, 'visibilityTimeout', 0, 2 ** 31 - 1),
      batchSize: wholeNumber(batchSize, 'batchSize', 1, 2 ** 31 - 1),
      maxPollSeconds: wholeNumber(maxPollSeconds, 'maxPollSeconds', 0, 86_400),
      pollIntervalMs: wholeNumber(pollIntervalMs, 'pollIntervalMs', 1, 86_400_000),
    });
    return messagesForClient(this.#engine, messages) as MessageRecord[];
  }

  /** `pgflow.start_tasks`. @throws DatabaseError where it is refused. */
  async startTasks(flowSlug: string, msgIds: number[], workerId: string): Promise<StepTaskRecord<AnyFlow>[]> {
    this.#checkFlow(flowSlug, 'flowSlug');
    if (!Array.isArray(msgIds)) {
      throw new SimulationError(`msgIds is ${shown(msgIds)}: expected a list of ids`);
    }
    const worker_id = uuidOf(workerId);
    const msg_ids = msgIds.map((id) => wholeNumber(Number(id), 'msgIds', 0, Number.MAX_SAFE_INTEGER));
    const engine = this.#engine;
    if (this.#registerWorkers && msg_ids.length > 0 && !engine.state.workers.has(worker_id)) {
      const queue_name = engine.flow.slug;
      await this.#rows({ type: 'insert_worker', worker_id, queue_name, function_name: 'client' });
    }
    const rows = await this.#rows({ type: 'start_tasks', flow_slug: flowSlug, msg_ids, worker_id });
    const { tasks, keys } = tasksForClient(engine, rows);
    for (const key of keys) {
      engine.startedByClients.set(nameOf(key), key);
      engine.takesOff({ key });
    }
    return tasks as StepTaskRecord<AnyFlow>[];
  }

  /** `pgflow.complete_task`, with `output || null`. @throws DatabaseError where it is refused. */
  async completeTask(stepTask: StepTaskKey, output?: Json): Promise<void> {
    const key = keyOf(stepTask);
    const value = outputOf(this.#engine, { key: this.#attemptAt(key) }, output);
    const command = { type: 'complete_task', ...key } as const;
    await this.#rows(value === undefined ? command : { ...command, output: value });
    this.#reported(key);
  }

  /** `pgflow.fail_task`, with the text of the error. @throws DatabaseError where it is refused. */
  async failTask(stepTask: StepTaskKey, error: unknown): Promise<void> {
    const key = keyOf(stepTask);
    const error_message = textOf(error);
    await this.#rows({ type: 'fail_task', ...key, error_message });
    this.#reported(key);
  }

  #attemptAt(key: TaskKey): AttemptKey {
    return this.#engine.startedByClients.get(nameOf(key)) ?? { ...key, attempt: 0 };
  }

  #reported(key: TaskKey): void {
    const { startedByClients } = this.#engine;
    const started = startedByClients.get(nameOf(key));
    if (started === undefined) return;
    startedByClients.delete(nameOf(key));
    this.#engine.lands({ key: started });
  }

  #checkFlow(slug: unknown, what: string): void {
    const { slug: expected } = this.#engine.flow;
    if (slug === expected) return;
    throw new SimulationError(
      `${what} is ${shown(slug)}: expected "${expected}", the one flow of this simulation`,
    );
  }

  #rows(command: PgflowCommand): Promise<readonly Row[]> {
    return inTurn(this.#engine, () => this.#engine.rows(command));
  }
}

function keyOf(stepTask: StepTaskKey): TaskKey {
  checkObject(stepTask, 'stepTask');
  const { run_id, step_slug, task_index } = stepTask;
  return {
    run_id: uuidOf(run_id),
    step_slug: String(step_slug),
    task_index: wholeNumber(task_index, 'task_index', -(2 ** 31), 2 ** 31 - 1),
  };
}

/** @throws PostgresError as its cast would. */
function uuidOf(text: unknown): string {
  if (typeof text === 'string' && uuid.test(text)) return text.toLowerCase();
  throw new PostgresError(`invalid input syntax for type uuid: ${shown(text)}`, '22P02');
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const nameOf = ({ run_id, step_slug, task_index }: TaskKey) => `${run_id} ${step_slug} ${task_index}`;
