/** What a test says about the tasks of a state or of a resource. */
import type * as twin from '../../../twin/rules.ts';
import type { TaskCall, TaskHandler } from './handler.ts';

/** The calls that a rule is for. A missing field matches any call. */
export interface WhichTask {
  /** From 1: higher where a retrier tries again. */
  readonly attempt?: number;
  /** How often this state was asked, from 1. */
  readonly call?: number;
  readonly execution?: number;
  /** Of the nearest Map, which item. */
  readonly index?: number;
  /** Equal as JSON. */
  readonly input?: unknown;
}

export type CallOfRule = Pick<
  TaskCall,
  'state' | 'resource' | 'attempt' | 'call' | 'execution' | 'index' | 'input'
>;

/** Whether a rule is for that call. */
export type ChoosesTask = (call: CallOfRule) => boolean;

/** In place of the handler. */
export type Replacement =
  | { readonly type: 'returns'; readonly value: unknown }
  | { readonly type: 'throws'; readonly error: unknown }
  | { readonly type: 'fails'; readonly error: string; readonly cause: string | undefined }
  | { readonly type: 'runs'; readonly handler: TaskHandler }
  /** It never ends by itself. */
  | { readonly type: 'hangs' };

export type Rule = twin.Rule<CallOfRule, Replacement>;
export type Plan = twin.Plan<Replacement>;
