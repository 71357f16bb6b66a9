/** The functions, each as the command that it is. */
import type { DagCascadeCommand } from '../../../../model/dag-cascade/commands.ts';
import { intervalText } from '../../../../model/dag-cascade/values.ts';
import { beyondIndex, fitsIntoIndex } from '../../../../model/kernel/indexed-text.ts';
import { type Jsonb, jsonbRefusal } from '../../../../model/kernel/jsonb.ts';
import type { Row } from '../../../../model/kernel/transition.ts';
import { checkObject, wholeNumber } from '../../../twin/checks.ts';
import type { PostgresError } from '../../../twin/database-error.ts';
import { type Duration, toMilliseconds } from '../../../twin/duration.ts';
import { copyOf } from '../../../twin/json.ts';
import { wellFormed } from '../../../twin/parameters.ts';
import { SimulationError, shown } from '../../../twin/simulation-error.ts';
import { errorOf } from '../engine/words.ts';
import {
  type Configuration,
  checkWritten,
  type FlowConfiguration,
  readConfiguration,
  readFlowConfiguration,
} from './configuration.ts';
import type { CreateFlowOptions, DagFunctions, FinishOptions, TaskReference } from './functions.ts';
import { passedThroughJson } from './through-json.ts';

/** What executes a command: the test, or a call of a routine. */
export interface Session {
  /** @throws PostgresError where it is refused */
  execute(command: DagCascadeCommand): readonly Row[];
  /** A statement whose parameters cannot even be read. @throws PostgresError the error */
  refuse(statement: string, error: PostgresError): never;
  /** Something that a test should know, and that stops nothing. */
  warn(message: string): void;
}

const from = 'elsewhere';
const int4 = 2 ** 31;

export class Calls implements DagFunctions {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async configure(configuration: Configuration): Promise<void> {
    configureIn(this.#session, configuration, 'the configuration of configure()');
  }

  async configureFlow(
    flow: string,
    configuration: FlowConfiguration,
    options: { readonly append?: boolean } = {},
  ): Promise<void> {
    const _flow_name = name(flow, 'the flow of configureFlow()');
    checkWritten(_flow_name, 'the flow of configureFlow()');
    const what = 'the configuration of configureFlow()';
    const _configuration = readFlowConfiguration(
      json(this.#session, configuration, 'configure_flow', what),
      what,
    );
    const { append } = checked(options, 'configureFlow()', ['append']);
    const _append = append === undefined ? undefined : flag(append, 'append of configureFlow()');
    this.#session.execute({
      type: 'configure_flow',
      _flow_name,
      _configuration,
      ...(_append === undefined ? {} : { _append }),
    });
  }

  async createFlow(flow: string, flow_arguments?: unknown, options: CreateFlowOptions = {}): Promise<number> {
    const _flow = name(flow, 'the flow of createFlow()');
    const names = ['only_these_nodes', 'parent_task_id', 'force_priority'] as const;
    const { only_these_nodes, parent_task_id, force_priority } = checked(options, 'createFlow()', names);
    // As with every client, null is SQL NULL.
    const isGiven = flow_arguments !== undefined && flow_arguments !== null;
    const what = 'flow_arguments of createFlow()';
    const [row] = this.#session.execute({
      type: 'create_flow',
      from,
      _flow,
      ...(isGiven ? { _arguments: json(this.#session, flow_arguments, 'create_flow', what) } : {}),
      ...(only_these_nodes == null
        ? {}
        : { _only_these_nodes: texts(only_these_nodes, 'only_these_nodes', 'createFlow()') }),
      ...(parent_task_id == null
        ? {}
        : { _parent_task_id: id(parent_task_id, 'parent_task_id of createFlow()') }),
      ...(force_priority == null
        ? {}
        : { _force_priority: integer(force_priority, 'force_priority of createFlow()') }),
    });
    return row!.flow_id as number;
  }

  async pushSteps(flow_id: number, node: string, step_arguments: readonly unknown[]): Promise<void> {
    const [list, of] = ['step_arguments', 'pushSteps()'];
    const command = {
      type: 'push_steps',
      _flow_id: id(flow_id, 'the flow_id of pushSteps()'),
      _node: text(node, 'the node of pushSteps()'),
      _arguments: listOf(step_arguments, `${list} of ${of}`).map((each, i) => {
        const what = `${list}[${i}] of ${of}`;
        if (each != null) return json(this.#session, each, 'push_steps', what);
        throw new SimulationError(`${what} is ${shown(each)}: expected JSON, and not null`);
      }),
    } as const;
    this.#session.execute(command);
  }

  async finish(task: TaskReference, options: FinishOptions = {}): Promise<void> {
    const task_id = taskId(task, 'finish()');
    const { failed, error_message } = checked(options, 'finish()', ['failed', 'error_message']);
    this.#session.execute({
      type: 'finish',
      task_id,
      ...(failed === undefined ? {} : { _failed: flag(failed, 'failed of finish()') }),
      ...(error_message == null ? {} : { _error_message: text(error_message, 'error_message of finish()') }),
      from,
    });
  }

  async defer(task: TaskReference, duration: Duration): Promise<void> {
    const task_id = taskId(task, 'defer()');
    const _duration = intervalText(toMilliseconds(duration, 'the duration of defer()'));
    this.#session.execute({ type: 'defer', task_id, _duration, from });
  }

  async cancel(flow_id: number): Promise<void> {
    this.#session.execute({ type: 'cancel', _flow_id: id(flow_id, 'the flow_id of cancel()'), from });
  }

  async setPriority(flow_id: number, priority: number): Promise<void> {
    this.#session.execute({
      type: 'set_priority',
      _flow_id: id(flow_id, 'the flow_id of setPriority()'),
      _priority: integer(priority, 'the priority of setPriority()'),
    });
  }

  async setStepPriority(flow_id: number, task_id: number, priority: number): Promise<void> {
    this.#session.execute({
      type: 'set_step_priority',
      _flow_id: id(flow_id, 'the flow_id of setStepPriority()'),
      _task_id: id(task_id, 'the task_id of setStepPriority()'),
      _priority: integer(priority, 'the priority of setStepPriority()'),
    });
  }

  async restartFlow(flow_id: number, node?: string): Promise<void> {
    this.#session.execute({
      type: 'restart_flow',
      _flow_id: id(flow_id, 'the flow_id of restartFlow()'),
      ...(node === undefined ? {} : { _node: text(node, 'the node of restartFlow()') }),
    });
  }

  async args<Arguments>(flow_id: number): Promise<Arguments | undefined> {
    const [row] = this.#session.execute({ type: 'args', _flow_id: id(flow_id, 'the flow_id of args()') });
    return copyOf(row!.args) as Arguments | undefined;
  }
}

/** `configure`, at once. `what` names the configuration. */
export function configureIn(session: Session, configuration: Configuration, what: string): void {
  const _configuration = readConfiguration(json(session, configuration, 'configure', what), what);
  session.execute({ type: 'configure', _configuration });
}

/** The value as the database gets it. */
function json(session: Session, given: unknown, statement: DagCascadeCommand['type'], what: string): Jsonb {
  const { value, losses } = passedThroughJson(given, what);
  for (const loss of losses) session.warn(`${what}: ${loss}`);
  const refusal = jsonbRefusal(value);
  return refusal ? session.refuse(statement, errorOf(refusal, statement)) : value;
}

const integer = (value: unknown, what: string) =>
  wholeNumber(value, what, -int4, int4 - 1, 'a whole number of 32 bits');
const id = (value: unknown, what: string) =>
  wholeNumber(
    value,
    what,
    Number.MIN_SAFE_INTEGER,
    Number.MAX_SAFE_INTEGER,
    'an id, which is a whole number',
  );

function text(value: unknown, what: string): string {
  if (typeof value === 'string') return wellFormed(value);
  throw new SimulationError(`${what} is ${shown(value)}: expected a text`);
}

function name(value: unknown, what: string): string {
  if (typeof value === 'string' && fitsIntoIndex(value)) return wellFormed(value);
  throw new SimulationError(`${what} is ${shown(value)}: expected a text of ${beyondIndex}`);
}

function texts(value: unknown, list: string, of: string): string[] {
  return listOf(value, `${list} of ${of}`).map((each, i) => text(each, `${list}[${i}] of ${of}`));
}

/** A copy without holes. */
function listOf(value: unknown, what: string): unknown[] {
  try {
    if (Array.isArray(value)) return Array.from(value);
  } catch {
    // A proxy that does not let itself be asked is none.
  }
  throw new SimulationError(`${what} is ${shown(value)}: expected a list`);
}

function flag(value: unknown, what: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new SimulationError(`${what} is ${shown(value)}: expected true or false`);
}

function taskId(task: TaskReference, name: string): number {
  if (typeof task !== 'object' || task === null) {
    throw new SimulationError(
      `the task of ${name} is ${shown(task)}: expected { task_id }, such as what a routine is called with`,
    );
  }
  checkObject(task, `the task of ${name}`);
  return id(task.task_id, `task_id of ${name}`);
}

/** `of`: the function whose options they are. */
function checked<Options extends object>(
  options: Options,
  of: string,
  names: readonly (keyof Options & string)[],
): Options {
  checkObject(options, `options of ${of}`);
  for (const name of Object.keys(options)) {
    if (names.some((each) => each === name)) continue;
    // Whoever knows the SQL writes its parameters.
    const meant = names.find((each) => `_${each}` === name);
    const expected = meant ?? (names.length === 1 ? names[0] : `one of ${names.join(', ')}`);
    throw new SimulationError(`${of} has no option ${shown(name)}: expected ${expected}`);
  }
  return options;
}
