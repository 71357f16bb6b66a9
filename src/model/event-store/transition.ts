/** The decider as a state machine: one command in, the whole outcome out. */
import { rows } from '../kernel/outcome.ts';
import type { Circumstances, Row, Transition } from '../kernel/transition.ts';
import type { EventStoreCommand, EventStoreStatement } from './commands.ts';
import { decide } from './decide.ts';
import type { Setting } from './decider.ts';
import type { AsDocumented } from './deviations.ts';
import { apply, type Draft } from './evolve.ts';
import type { Fact } from './facts.ts';
import type { IdType } from './ids.ts';
import type { EventStoreState } from './state.ts';

type Outcome = Transition<EventStoreState, Fact>;

const none: readonly Fact[] = [];

/** The transition of a store whose deciders have such ids. */
export const transitionOf =
  (idType: IdType, asDocumented: AsDocumented) =>
  (state: EventStoreState, command: EventStoreCommand, { now }: Circumstances): Outcome => {
    const setting: Setting = { now, transaction: state.transactions + 1, idType, asDocumented };
    if (command.type === 'transaction') return executeTogether(state, command.commands, setting);
    const { result, facts, reached } = decide(command, state, setting);
    return {
      state: after(state, facts),
      result,
      events: result.ok ? facts : none,
      finishedAt: now,
      reached,
    };
  };

function after(state: EventStoreState, facts: readonly Fact[]): EventStoreState {
  if (facts.length === 0) return state;
  const draft: Draft = { ...state };
  const owner = {};
  for (const fact of facts) apply(draft, fact, owner);
  return draft;
}

/** Rows by which statement gave them. Once one is refused, nothing of those before it is left but drawn offsets. */
function executeTogether(
  before: EventStoreState,
  commands: readonly EventStoreStatement[],
  setting: Setting,
): Outcome {
  const draft: Draft = { ...before };
  const owner = {};
  const events: Fact[] = [];
  const returned: Row[] = [];
  const branches: string[] = [];
  for (const [statement, command] of commands.entries()) {
    const { result, facts, reached } = decide(command, draft, setting);
    for (const fact of facts) apply(draft, fact, owner);
    branches.push(...reached);
    if (!result.ok) {
      const { last_offset } = draft;
      const state = last_offset === before.last_offset ? before : { ...before, last_offset };
      branches.push('transaction/undone');
      return { state, result, events: none, finishedAt: setting.now, reached: branches };
    }
    events.push(...facts);
    for (const row of result.rows) returned.push({ statement, row });
  }
  branches.push('transaction/committed');
  return { state: draft, result: rows(returned), events, finishedAt: setting.now, reached: branches };
}
