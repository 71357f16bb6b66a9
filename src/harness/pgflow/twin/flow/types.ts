/** Types that a simulation reads off the flow: which steps there are, what goes into them and what comes out. */
import type { AnyFlow, Flow, FlowContext, Simplify } from '@pgflow/dsl';

export type { AnyFlow } from '@pgflow/dsl';

// The types of the same purpose in `@pgflow/dsl` are `never`, for the whole flow, as soon as one of its steps gives
// something else than JSON: nothing (`void`), a `Date`, an interface, or an error always.
// biome-ignore-start lint/suspicious/noExplicitAny: whatever else the flow is made of.
type StepsOf<F extends AnyFlow> =
  F extends Flow<any, any, infer Steps extends Record<string, any>, any, any> ? Steps : never;
type DepsOf<F extends AnyFlow> =
  F extends Flow<any, any, any, infer Deps extends Record<string, string[]>, any> ? Deps : never;
export type FlowInput<F extends AnyFlow> = F extends Flow<infer Input, any, any, any, any> ? Input : never;
// Of what its method `step` takes: a parameter of the flow's type is not found where a map has added an interface to it.
type ContextOf<F extends AnyFlow> = F extends { step(options: any, handler: infer Handler): any }
  ? Handler extends (input: any, context: infer Context) => any
    ? Context
    : never
  : never;
// biome-ignore-end lint/suspicious/noExplicitAny: as above.

export type StepSlug<F extends AnyFlow> = Extract<keyof StepsOf<F>, string>;
/** The output of a step. For a map: the array of the outputs of its tasks. */
export type OutputOfStep<F extends AnyFlow, S extends string> = S extends keyof StepsOf<F>
  ? StepsOf<F>[S]
  : never;

/** On which steps it depends. */
type DepsOfStep<F extends AnyFlow, S extends string> = S extends keyof DepsOf<F> ? DepsOf<F>[S] : readonly [];
type SomeDep<F extends AnyFlow> = DepsOf<F>[keyof DepsOf<F>][number];
/** The outputs of the steps on which no other step depends, by slug. */
export type FlowOutput<F extends AnyFlow> = {
  [S in Exclude<StepSlug<F>, SomeDep<F>>]: OutputOfStep<F, S>;
};

/** A map depends on a tuple of at most one step, every other step on a list of any length. */
type IsMap<F extends AnyFlow, S extends string> = S extends keyof DepsOf<F>
  ? number extends DepsOf<F>[S]['length']
    ? false
    : true
  : false;

type ElementOf<List> = List extends readonly (infer Item)[] ? Item : never;

/** What the handler of a step returns. For a map: the output for one element. */
export type TaskOutput<F extends AnyFlow, S extends string> =
  IsMap<F, S> extends true ? ElementOf<OutputOfStep<F, S>> : OutputOfStep<F, S>;

/** What the handler of a step gets. For a map: one element. Else: the input of the run and the output of each dependency. */
export type TaskInput<F extends AnyFlow, S extends string> =
  IsMap<F, S> extends true
    ? ElementOf<MapSource<F, S>>
    : Simplify<{ run: FlowInput<F> } & { [D in DepsOfStep<F, S>[number]]: OutputOfStep<F, D> }>;

type MapSource<F extends AnyFlow, S extends string> =
  DepsOfStep<F, S> extends readonly [infer Dep extends string] ? OutputOfStep<F, Dep> : FlowInput<F>;

/** The context that the handlers of the flow get. */
export type HandlerContext<F extends AnyFlow> = ContextOf<F>;

/** What a test adds to the context: `env`, and what else the flow needs from its platform. */
export type ContextAdditions<F extends AnyFlow> = {
  // By its known keys alone: what a platform adds may be of any name besides, and `Omit` would forget these for that.
  [K in keyof ContextOf<F> as K extends KnownKey<K>
    ? Exclude<K, keyof FlowContext>
    : never]?: ContextOf<F>[K];
} & { readonly env?: EnvOf<ContextOf<F>> } & {
  // The simulation gives these itself.
  readonly [K in Exclude<keyof FlowContext, 'env'>]?: never;
} & Readonly<Record<string, unknown>>;
type EnvOf<Context> = Context extends { readonly env: infer Variables } ? Partial<Variables> : never;
type KnownKey<K> = string extends K ? never : number extends K ? never : symbol extends K ? never : K;
