/** The decider as a state machine: one command in, the whole outcome out. */
import { rows } from '../kernel/outcome.ts';
import type { Circumstances, Row, Transition } from '../kernel/transition.ts';
import type { EventStoreCommand, EventStoreStatement } from './commands.ts';
import { decide } from './decide.ts';
import type { Setting } from './decider.ts';
import type { AsDocumented } from './deviations.ts';
import { evolve } from './evolve.ts';
import type { Fact } from './facts.ts';
import type { IdType } from './ids.ts';
import type { EventStoreState } from './state.ts';

type Outcome = Transition<EventStoreState, Fact>;

/** The transition of a store whose deciders have such ids. */
export const transitionOf =
  (idType: IdType, asDocumented: AsDocumented) =>
  (state: EventStoreState, command: EventStoreCommand, { now }: Circumstances): Outcome => {
    const setting: Setting = { now, idType, asDocumented };
    if (command.type === 'transaction') return executeTogether(state, command.commands, setting);
    const { result, facts, reached } = decide(command, state, setting);
    return {
      state: committed(facts.reduce(evolveWith({}), state), facts),
      result,
      events: result.ok ? facts : [],
      finishedAt: now,
      reached: reached.map((branch) => `${command.type}/${branch}`),
    };
  };

/** Rows by which statement gave them. Once one is refused, nothing of those before it is left but drawn offsets. */
function executeTogether(
  before: EventStoreState,
  commands: readonly EventStoreStatement[],
  setting: Setting,
): Outcome {
  const step = evolveWith({});
  let state = before;
  const events: Fact[] = [];
  const returned: Row[] = [];
  const branches: string[] = [];
  for (const [statement, command] of commands.entries()) {
    const { result, facts, reached } = decide(command, state, setting);
    state = facts.reduce(step, state);
    branches.push(...reached.map((branch) => `${command.type}/${branch}`));
    if (!result.ok) {
      const { last_offset } = state;
      const undone = last_offset === before.last_offset ? before : { ...before, last_offset };
      const outcome = { state: undone, result, events: [], finishedAt: setting.now };
      return { ...outcome, reached: [...branches, 'transaction/undone'] };
    }
    events.push(...facts);
    returned.push(...result.rows.map((row) => ({ statement, row })));
  }
  return {
    state: committed(state, events),
    result: rows(returned),
    events,
    finishedAt: setting.now,
    reached: [...branches, 'transaction/committed'],
  };
}

const evolveWith = (owner: object) => (state: EventStoreState, fact: Fact) => evolve(state, fact, owner);

/** A transaction that leaves events is counted: they have its number. */
function committed(state: EventStoreState, facts: readonly Fact[]): EventStoreState {
  const leavesEvents = facts.some(({ type }) => type === 'event_appended');
  return leavesEvents ? { ...state, transactions: state.transactions + 1 } : state;
}
