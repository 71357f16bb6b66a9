/** The two configurations: their keys, checked by hand, so that importing the twin loads no schema library. */
import type {
  Configuration as Command,
  FlowConfigurationJson,
} from '../../../../model/dag-cascade/commands.ts';
import { isReadAsWritten, notReadAsWritten } from '../../../../model/dag-cascade/parameters.ts';
import { beyondIndex, fitsIntoIndex } from '../../../../model/kernel/indexed-text.ts';
import type { Jsonb } from '../../../../model/kernel/jsonb.ts';
import { checkNames, checkObject } from '../../../twin/checks.ts';
import { SimulationError, shown } from '../../../twin/simulation-error.ts';
import { asInterval, intervalExpected } from './interval.ts';

/** An interval as Postgres reads it: `'5 minutes'`, `'00:05:00'`, `'30 days'`, or shorter, `'5m'`. */
export type Interval = string;

/** What `async.configure` takes. A target that a later configuration does not name is deleted, with its nodes and tasks. */
export interface Configuration {
  readonly control?: ControlConfiguration | null;
  readonly targets?: readonly TargetConfiguration[] | null;
  readonly concurrency_pools?: readonly PoolConfiguration[] | null;
}

export interface ControlConfiguration {
  /** How many tasks run at once, over all pools. As installed: 100. */
  readonly workers?: number | null;
  /** As installed: one hour. */
  readonly default_timeout?: Interval | null;
  readonly self_concurrency?: number | null;
  /** Of pools that are not configured. As installed: 4. */
  readonly default_concurrency_pool_workers?: number | null;
}

export interface TargetConfiguration {
  readonly target: string;
  /** How many of its tasks run at once. */
  readonly max_concurrency?: number | null;
  /** Any text will do here. Surprise: without one, every task of the target fails. */
  readonly connection_string?: string | null;
  /** Whether a task is over only when `finish` is called for it. */
  readonly asynchronous_finish?: boolean | null;
  readonly default_timeout?: Interval | null;
  readonly concurrency_track_yielded?: boolean | null;
}

export interface PoolConfiguration {
  readonly concurrency_pool: string;
  readonly max_workers?: number | null;
}

/** What `flow.configure_flow` takes. */
export interface FlowConfiguration {
  readonly flow?: { readonly concurrency_group_routine?: string | null } | null;
  readonly concurrency_group_routine?: string | null;
  readonly nodes?: readonly NodeConfiguration[] | null;
}

/** A node, which all flows share that name it. */
export interface NodeConfiguration {
  readonly node: string;
  /** Surprise: a node without a target is never run, and what depends on it neither. */
  readonly target?: string | null;
  /** What is called for the node and its steps. Default: the name of the node. `''`: nothing. */
  readonly routine?: string | null;
  readonly node_routine?: string | null;
  readonly step_routine?: string | null;
  /** Lower numbers run first. */
  readonly priority?: number | null;
  /** Whether one failed step fails the node and its other steps. Default: true. */
  readonly all_steps_must_complete?: boolean | null;
  /** The node is finished without being run. */
  readonly empty?: boolean | null;
  /** Each step starts a flow of this name. */
  readonly steps_to_flow?: string | null;
  /** The task of the node is over when its routine returns, whatever its target says. */
  readonly synchronous?: boolean | null;
  readonly node_timeout?: Interval | null;
  readonly step_timeout?: Interval | null;
  readonly dependencies?: readonly DependencyConfiguration[] | null;
  /** The arguments of each step. */
  readonly steps?: readonly unknown[] | null;
}

export interface DependencyConfiguration {
  readonly parent: string;
  readonly continue_on_failure?: boolean | null;
}

/** Gives the value as a command has it. @throws SimulationError which names its place, `what` */
type Read = (value: Jsonb, what: string) => Jsonb;

const reads =
  (expected: string, as: (value: Jsonb) => Jsonb | undefined): Read =>
  (value, what) => {
    const read = as(value);
    if (read === undefined) throw new SimulationError(`${what} is ${shown(value)}: expected ${expected}`);
    return read;
  };
const holds = (expected: string, is: (value: Jsonb) => boolean) =>
  reads(expected, (value) => (is(value) ? value : undefined));

const isWhole = (value: Jsonb, least: number, most: number) =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;

const name = holds(`a text of ${beyondIndex}`, (value) => typeof value === 'string' && fitsIntoIndex(value));
/** Of a node: also one that the model follows into the JSON text in which the SQL writes it. */
const nodeName: Read = (value, what) => {
  const checked = name(value, what) as string;
  checkWritten(checked, what);
  return checked;
};
const text = holds('a text', (value) => typeof value === 'string');
const flag = holds('true or false', (value) => typeof value === 'boolean');
const integer = holds('a whole number of 32 bits', (value) => isWhole(value, -(2 ** 31), 2 ** 31 - 1));
const workers = holds('a whole number from 0 to 1000', (value) => isWhole(value, 0, 1000));
const interval = reads(intervalExpected, asInterval);
const anything: Read = (value) => value;

const list =
  (item: Read): Read =>
  (value, what) => {
    if (!Array.isArray(value)) throw new SimulationError(`${what} is ${shown(value)}: expected a list`);
    return value.map((each, i) => item(each, `${what}[${i}]`));
  };

/** What is null is as if left out. A key that the SQL would pass over is refused, as it is a slip. */
const object =
  (shape: Readonly<Record<string, Read>>): Read =>
  (value, what) => {
    checkObject(value, what);
    checkNames(value as object, what, new Set(Object.keys(shape)));
    return Object.fromEntries(
      Object.entries(value as { readonly [key: string]: Jsonb }).map(([key, each]) => [
        key,
        each === null ? null : shape[key]!(each, `${what}.${key}`),
      ]),
    );
  };

const configuration = object({
  control: object({
    workers,
    default_timeout: interval,
    self_concurrency: integer,
    default_concurrency_pool_workers: integer,
  }),
  targets: list(
    object({
      target: name,
      max_concurrency: integer,
      connection_string: text,
      asynchronous_finish: flag,
      default_timeout: interval,
      concurrency_track_yielded: flag,
    }),
  ),
  concurrency_pools: list(object({ concurrency_pool: name, max_workers: integer })),
});

const flowConfiguration = object({
  flow: object({ concurrency_group_routine: text }),
  concurrency_group_routine: text,
  nodes: list(
    object({
      node: nodeName,
      target: name,
      routine: text,
      node_routine: text,
      step_routine: text,
      priority: integer,
      all_steps_must_complete: flag,
      empty: flag,
      // A flow is looked up by it.
      steps_to_flow: name,
      synchronous: flag,
      node_timeout: interval,
      step_timeout: interval,
      dependencies: list(object({ parent: name, continue_on_failure: flag })),
      steps: list(anything),
    }),
  ),
});

/** @throws SimulationError for the name of a flow or a node that is not modelled */
export function checkWritten(name: string, what: string): void {
  if (isReadAsWritten(name)) return;
  throw new SimulationError(
    `${what} is ${shown(name)}: ${notReadAsWritten}. Use a name without a backslash, and without a comma after a quote`,
  );
}

/** @throws SimulationError which names the place in it and what was expected */
export const readConfiguration = (value: Jsonb, what: string) => configuration(value, what) as Command;
export const readFlowConfiguration = (value: Jsonb, what: string) =>
  flowConfiguration(value, what) as FlowConfigurationJson;
