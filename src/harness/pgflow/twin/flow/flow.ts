/** A flow of `@pgflow/dsl` as the simulator needs it: the commands that its compiler makes of it, and its handlers. */
import type { PgflowCommand } from '../../../../model/pgflow/0.8.1/commands.ts';
import { isValidSlug } from '../../../../model/pgflow/shared/is-valid-slug.ts';
import { wholeNumber } from '../../../twin/checks.ts';
import { SimulationError, shown } from '../../../twin/simulation-error.ts';

export type Handler = (input: unknown, context: unknown) => unknown;

export interface StepDefinition {
  readonly slug: string;
  /** Position in the order in which the steps were defined, from 0. */
  readonly index: number;
  readonly isMap: boolean;
  readonly dependencies: readonly string[];
  readonly handler: Handler;
}

export interface FlowDefinition {
  readonly slug: string;
  readonly steps: ReadonlyMap<string, StepDefinition>;
  /** `create_flow`, then an `add_step` for each step, as the flow's own compiler would have them executed. */
  readonly commands: readonly PgflowCommand[];
}

/** The part of a flow that is its published structure. */
interface FlowLike {
  readonly slug: string;
  readonly options?: Options;
  readonly stepOrder: readonly string[];
  getStepDefinition(slug: string): StepLike;
}
interface StepLike {
  readonly slug: string;
  readonly handler: Handler;
  readonly dependencies: readonly string[];
  readonly options?: Options;
  readonly stepType?: 'single' | 'map';
}
interface Options {
  readonly maxAttempts?: number;
  readonly baseDelay?: number;
  readonly timeout?: number;
  readonly startDelay?: number;
}

/** Flows do not change, and tests simulate the same one many times. */
const known = new WeakMap<object, FlowDefinition>();

/** @throws SimulationError where it is no flow, or one that its database would refuse. */
export function definitionOf(flow: unknown): FlowDefinition {
  if (!isFlow(flow)) throw noFlow(flow);
  let definition = known.get(flow);
  if (definition === undefined) {
    definition = define(flow);
    known.set(flow, definition);
  }
  return definition;
}

/** By its structure: a second copy of the package in the tree makes flows as good as any. */
function isFlow(flow: unknown): flow is FlowLike {
  if (typeof flow !== 'object' || flow === null) return false;
  try {
    const { slug, stepOrder, getStepDefinition } = flow as Partial<FlowLike>;
    return typeof slug === 'string' && Array.isArray(stepOrder) && typeof getStepDefinition === 'function';
  } catch {
    // It throws at whoever asks.
    return false;
  }
}

const noFlow = (flow: unknown) =>
  new SimulationError(
    `flow is ${shown(flow)}: expected a Flow of @pgflow/dsl 0.8 (npm install -D @pgflow/dsl@0.8.1), as in simulate(new Flow({ slug: 'greet' }).step(...))`,
  );

function define(flow: FlowLike): FlowDefinition {
  if (!isValidSlug(flow.slug))
    throw new SimulationError(`flow has the slug ${shown(flow.slug)}: ${validSlugs}`);
  const steps = new Map<string, StepDefinition>();
  const commands: PgflowCommand[] = [
    {
      type: 'create_flow',
      flow_slug: flow.slug,
      ...written(flow.options ?? {}, columnsOfFlow, `flow "${flow.slug}"`),
    },
  ];
  for (const [index, slug] of flow.stepOrder.entries()) {
    const step = flow.getStepDefinition(slug);
    if (typeof step?.slug !== 'string' || !Array.isArray(step.dependencies)) throw noFlow(flow);
    if (!isValidSlug(step.slug)) {
      throw new SimulationError(`flow "${flow.slug}" has a step ${shown(step.slug)}: ${validSlugs}`);
    }
    const { dependencies, options = {} } = step;
    const isMap = step.stepType === 'map';
    steps.set(slug, {
      slug,
      index,
      isMap,
      dependencies,
      // Read when it is called: a test may put a spy in its place, and take it away again.
      get handler() {
        return step.handler;
      },
    });
    commands.push({
      type: 'add_step',
      flow_slug: flow.slug,
      step_slug: step.slug,
      ...(dependencies.length > 0 ? { deps_slugs: [...dependencies] } : {}),
      ...written(options, columnsOfStep, `step "${slug}" of flow "${flow.slug}"`),
      ...(isMap ? { step_type: 'map' } : {}),
    });
  }
  return { slug: flow.slug, steps, commands };
}

/** Less than the flow's own check takes, and what the CHECK of the table takes. */
const validSlugs =
  'expected letters, digits and underscores, no digit first, up to 128 characters and not "run": the database refuses any other';

const columnsOfFlow = { maxAttempts: 'max_attempts', baseDelay: 'base_delay', timeout: 'timeout' } as const;
const columnsOfStep = { ...columnsOfFlow, startDelay: 'start_delay' } as const;
type Columns = Readonly<Partial<Record<keyof typeof columnsOfStep, string>>>;

/** What is left out is left to the database's defaults, which are not those of the columns. */
function written(options: Options, columns: Columns, whose: string): Record<string, number | null> {
  const said: Record<string, number | null> = {};
  for (const [name, value] of Object.entries(options) as [keyof Options, unknown][]) {
    if (value === undefined) continue;
    const column = columns[name];
    if (column === undefined) {
      throw new SimulationError(
        `${whose} has the option ${name}, which pgflow 0.8.1 does not have: expected one of ${Object.keys(columns).join(', ')}`,
      );
    }
    // The compiler writes a null as it is, which is for the database to judge.
    said[column] = value === null ? null : wholeNumber(value, `${name} of ${whose}`, 0, 2 ** 31 - 1);
  }
  return said;
}
