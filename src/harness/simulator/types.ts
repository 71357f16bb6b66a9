/** Types that a simulation reads off the flow: which steps there are, what goes into them and what comes out. */
import type {
  AnyFlow,
  ExtractFlowContext,
  ExtractFlowDeps,
  ExtractFlowOutput,
  ExtractFlowSteps,
  Flow,
  FlowContext,
  Simplify,
  StepInput,
  StepOutput,
} from '@pgflow/dsl';

export type { AnyFlow } from '@pgflow/dsl';

/** Not the type of the same purpose in `@pgflow/dsl`, which is `never` as soon as one handler always throws. */
// biome-ignore lint/suspicious/noExplicitAny: whatever else the flow is made of.
export type FlowInput<F extends AnyFlow> = F extends Flow<infer Input, any, any, any, any> ? Input : never;
/** What the steps give on which no other depends, by their slugs. */
export type FlowOutput<F extends AnyFlow> = Simplify<ExtractFlowOutput<F>>;
export type StepSlug<F extends AnyFlow> = Extract<keyof ExtractFlowSteps<F>, string>;
/** Of a map the array of what its tasks gave. */
export type OutputOfStep<F extends AnyFlow, S extends string> = StepOutput<F, S>;

/** A map depends on a tuple of at most one step, every other step on a list of any length. */
type IsMap<F extends AnyFlow, S extends string> = S extends keyof ExtractFlowDeps<F>
  ? number extends ExtractFlowDeps<F>[S]['length']
    ? false
    : true
  : false;

type ElementOf<List> = List extends readonly (infer Item)[] ? Item : never;

/** What the handler of a step gives: of a map, for one element. */
export type TaskOutput<F extends AnyFlow, S extends string> =
  IsMap<F, S> extends true ? ElementOf<StepOutput<F, S>> : StepOutput<F, S>;

/** What the handler of a step gets: of a map one element, else the input of the run and what each dependency gave. */
export type TaskInput<F extends AnyFlow, S extends string> =
  IsMap<F, S> extends true ? ElementOf<MapSource<F, S>> : Simplify<StepInput<F, S>>;

type MapSource<F extends AnyFlow, S extends string> = S extends keyof ExtractFlowDeps<F>
  ? ExtractFlowDeps<F>[S] extends readonly [infer Dep extends string]
    ? StepOutput<F, Dep>
    : FlowInput<F>
  : never;

/** What the handlers of the flow find in their context. */
export type HandlerContext<F extends AnyFlow> = ExtractFlowContext<F>;

/** What a test adds to the context: `env`, and whatever else the flow asks of its platform. */
export type ContextAdditions<F extends AnyFlow> = Partial<
  Omit<ExtractFlowContext<F>, Exclude<keyof FlowContext, 'env'>>
> &
  Readonly<Record<string, unknown>>;
