/**
 * Entry point `pgtwin/client`: the client that `@pgflow/core` publishes as `IPgflowClient`, on a simulation, for code
 * that is built on that interface. Loads no package: the interface is a type.
 */
import type { IPgflowClient, MessageRecord, RunRow, StepTaskKey, StepTaskRecord } from '@pgflow/core';
import type { Json } from '@pgflow/dsl';
import { beyondIndex, fitsIntoIndex } from '../../../../model/kernel/indexed-text.ts';
import { type Jsonb, jsonbRefusal } from '../../../../model/kernel/jsonb.ts';
import type { Row } from '../../../../model/kernel/transition.ts';
import type { PgflowCommand } from '../../../../model/pgflow/0.8.1/commands.ts';
import { checkNames, checkObject, wholeNumber } from '../../../twin/checks.ts';
import { throughJson } from '../../../twin/json.ts';
import {
  readArray,
  readInt4,
  readInteger,
  readText,
  readUuid,
  undefinedValue,
} from '../../../twin/parameters.ts';
import { SimulationError, shown } from '../../../twin/simulation-error.ts';
import { unreachable } from '../backend/database.ts';
import { errorOf } from '../backend/words.ts';
import type { Engine } from '../engine/engine.ts';
import type { AnyFlow } from '../flow/types.ts';
import type { TaskKey } from '../log/log.ts';
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
  async startFlow(flowSlug: string, runInput: unknown, runId?: string): Promise<RunRow> {
    const { flow_slug, input, run_id } = this.#bound([flowSlug, runInput], () => ({
      flow_slug: readSlug(flowSlug, 'flowSlug'),
      // As every value of a client, null is SQL NULL.
      input: runInput === null ? undefined : inputOf(runInput),
      // The published client takes an empty id for none as well.
      run_id: runId ? readUuid(runId) : null,
    }));
    const engine = this.#engine;
    const { runs } = engine;
    // Whatever no run can come of is for the database alone; and so is a run that was to be started at another instant.
    const isKnown = run_id !== null && runs.numberOf(run_id) > 0;
    if (flow_slug !== engine.flow.slug || input === undefined || isKnown) {
      const command = { type: 'start_flow', flow_slug, run_id } as const;
      await this.#rows(input === undefined ? command : { ...command, input });
      return runForClient(engine.state.runs.get(run_id!)!) as RunRow;
    }
    const run = this.#simulation.start(runInput, run_id === null ? {} : { run_id });
    await engine.clock.drive(() => run.refusal !== undefined || engine.state.runs.has(run.id));
    if (run.refusal) throw run.refusal.cause;
    return runForClient(engine.state.runs.get(run.id)!) as RunRow;
  }

  /** `pgmq.read_with_poll`. @throws DatabaseError where it is refused, or the database is out of reach. */
  async readMessages(
    queueName: string,
    visibilityTimeout: number,
    batchSize: number,
    maxPollSeconds = 5,
    pollIntervalMs = 200,
  ): Promise<MessageRecord[]> {
    const options = this.#bound([queueName, visibilityTimeout, batchSize], () => ({
      queue_name: readText(queueName),
      vt: readInt4(visibilityTimeout),
      qty: readInt4(batchSize),
      // Beyond these a poll would never end. Surprise: with null it does so only by a message.
      maxPollSeconds:
        maxPollSeconds === null
          ? Number.POSITIVE_INFINITY
          : wholeNumber(readInt4(maxPollSeconds), 'maxPollSeconds', -(2 ** 31), 86_400),
      pollIntervalMs: wholeNumber(readInt4(pollIntervalMs), 'pollIntervalMs', 1, 86_400_000),
    }));
    return messagesForClient(this.#engine, await poll(this.#engine, options)) as MessageRecord[];
  }

  /** `pgflow.start_tasks`. @throws DatabaseError where it is refused. */
  async startTasks(flowSlug: string, msgIds: number[], workerId: string): Promise<StepTaskRecord<AnyFlow>[]> {
    const engine = this.#engine;
    const command = this.#bound([flowSlug, msgIds, workerId], () => ({
      type: 'start_tasks' as const,
      flow_slug: readSlug(flowSlug, 'flowSlug'),
      msg_ids: idsOf(msgIds),
      worker_id: readUuid(workerId),
    }));
    const { flow_slug, msg_ids, worker_id } = command;
    const starts = flow_slug === engine.flow.slug && msg_ids !== null && msg_ids.length > 0;
    if (this.#registerWorkers && starts && worker_id !== null && !engine.state.workers.has(worker_id)) {
      const queue_name = engine.flow.slug;
      await this.#rows({ type: 'insert_worker', worker_id, queue_name, function_name: 'client' });
    }
    const { tasks, keys } = tasksForClient(engine, await this.#rows(command));
    for (const key of keys) {
      engine.startedByClients.set(nameOf(key), key);
      engine.takesOff({ key });
    }
    return tasks as StepTaskRecord<AnyFlow>[];
  }

  /** `pgflow.complete_task`, with `output || null`. @throws DatabaseError where it is refused. */
  async completeTask(stepTask: StepTaskKey, output?: Json): Promise<void> {
    const { run_id, step_slug, task_index } = taskOf(stepTask);
    const known = this.#engine.startedByClients.get(nameOf({ run_id, step_slug, task_index }));
    const value = outputOf(
      this.#engine,
      { key: known ?? { run_id, step_slug, task_index, attempt: 0 } },
      output,
    );
    const key = this.#bound([run_id, step_slug, task_index], () => keyOf(stepTask));
    const command = { type: 'complete_task', ...key } as const;
    await this.#rows(value === undefined ? command : { ...command, output: value });
    this.#reported(key);
  }

  /** `pgflow.fail_task`, with the text of the error. @throws DatabaseError where it is refused. */
  async failTask(stepTask: StepTaskKey, error: unknown): Promise<void> {
    const { run_id, step_slug, task_index } = taskOf(stepTask);
    const error_message = textOf(error);
    const key = this.#bound([run_id, step_slug, task_index], () => keyOf(stepTask));
    await this.#rows({ type: 'fail_task', ...key, error_message }, error);
    this.#reported(key);
  }

  #reported(key: Partial<Nullable<TaskKey>>): void {
    const { startedByClients } = this.#engine;
    const name = nameOf(key);
    const started = startedByClients.get(name);
    if (started === undefined) return;
    startedByClients.delete(name);
    this.#engine.lands({ key: started });
  }

  /** What the database reads of the parameters, in their order: the first that it cannot read decides. */
  #bound<T>(values: readonly unknown[], read: () => T): T {
    if (values.includes(undefined)) throw undefinedValue();
    if (!this.#engine.isReachable) throw unreachable();
    return read();
  }

  #rows(command: PgflowCommand, thrown?: unknown): Promise<readonly Row[]> {
    return inTurn(this.#engine, () => this.#engine.rows(command, thrown));
  }
}

type Nullable<T> = { readonly [K in keyof T]: T[K] | null };

function taskOf(stepTask: StepTaskKey): StepTaskKey {
  checkObject(stepTask, 'stepTask');
  return stepTask;
}

/** What may be stored in an index. @throws SimulationError for one of which nobody knows whether it is */
function readSlug(value: unknown, name: string): string | null {
  const slug = readText(value);
  if (slug === null || fitsIntoIndex(slug)) return slug;
  throw new SimulationError(`${name} is a text of ${slug.length} characters: expected ${beyondIndex}`);
}

function keyOf({ run_id, step_slug, task_index }: StepTaskKey): Nullable<TaskKey> {
  return {
    run_id: readUuid(run_id),
    step_slug: readSlug(step_slug, 'step_slug'),
    task_index: readInt4(task_index),
  };
}

/** @throws PostgresError for JSON that jsonb cannot hold */
function inputOf(input: unknown): Jsonb {
  const { value } = throughJson(input);
  const refusal = jsonbRefusal(value);
  if (refusal) throw errorOf(refusal, { type: 'start_flow', flow_slug: null, input: value });
  return value;
}

/** Of `bigint[]`, those that there may be: messages are counted from one, as far as JavaScript counts. */
function idsOf(ids: unknown): number[] | null {
  if (ids === null) return null;
  const list = Array.isArray(ids) ? ids : readArray(ids);
  if (list.includes(undefined)) throw undefinedValue();
  return list.map((id) => Number(readInteger(id, 'bigint'))).filter(Number.isSafeInteger);
}

const nameOf = ({ run_id, step_slug, task_index }: Partial<Nullable<TaskKey>>) =>
  `${run_id} ${step_slug} ${task_index}`;
