/**
 * What a simulation is executed on. The model runs along on every backend, and every decision of the simulator is
 * read off its state; a backend with SQL executes each command there as well, and both must agree.
 */
import type { Instant } from '../../../../model/kernel/instant.ts';
import type { Circumstances, Result } from '../../../../model/kernel/transition.ts';
import type { PgflowCommand } from '../../../../model/pgflow/0.8.1/commands.ts';
import type { PgflowState } from '../../../../model/pgflow/0.8.1/state.ts';
import { initialState } from '../../../../model/pgflow/0.8.1/state.ts';
import { transition } from '../../../../model/pgflow/0.8.1/transition.ts';
import { SimulationError } from '../../../twin/simulation-error.ts';
import type { FlowDefinition } from '../flow/flow.ts';
import { messageOf } from './words.ts';

export interface Backend {
  /** Of the model, after the last command. */
  readonly state: PgflowState;
  /** Executes a command at that instant, which never runs backwards. */
  execute(command: PgflowCommand, at: Instant): Answer | Promise<Answer>;
  close(): Promise<void>;
}

export interface Answer {
  readonly result: Result;
  /** Which order the SQL chose where it promises none; absent where the model's own was as good. */
  readonly order?: Circumstances['order'];
}

/** Runs are given their ids, so that none is ever drawn. */
export const uuid = '00000000-0000-4000-8000-000000000000';

/** The model alone: answers at once. */
export class ModelBackend implements Backend {
  #state: PgflowState;

  constructor(state: PgflowState) {
    this.#state = state;
  }

  get state(): PgflowState {
    return this.#state;
  }

  execute(command: PgflowCommand, now: Instant): Answer {
    const { state, result, events } = transition(this.#state, command, { now, uuid });
    // Nothing reads them there, they are most of what a finished run takes, and a replay of the log tells them again.
    this.#state = events.length === 0 ? state : { ...state, broadcasts: initialState.broadcasts };
    return { result };
  }

  async close(): Promise<void> {}
}

/** Flows are simulated again and again, and states do not change. */
const defined = new WeakMap<FlowDefinition, { readonly at: Instant; readonly state: PgflowState }>();

/** The model's state in which the flow is defined and nothing has happened. @throws SimulationError where it is refused. */
export function stateWith(flow: FlowDefinition, at: Instant): PgflowState {
  const known = defined.get(flow);
  if (known?.at === at) return known.state;
  let state = initialState;
  for (const command of flow.commands) {
    const outcome = transition(state, command, { now: at, uuid });
    if (!outcome.result.ok) {
      throw new SimulationError(
        `flow "${flow.slug}" is refused by the database: ${messageOf(outcome.result.refusal, command)}`,
      );
    }
    state = outcome.state;
  }
  defined.set(flow, { at, state });
  return state;
}
