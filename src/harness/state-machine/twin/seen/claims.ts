/** What a test may claim about an execution. Each failure shows the timeline. */
import { sameJson } from '../../../twin/same-json.ts';
import { SimulationError, shown } from '../../../twin/simulation-error.ts';
import { valueText } from '../../../twin/timeline.ts';
import { type Execution, SimulatedExecution } from './execution.ts';
import { failureText } from './timeline.ts';

/** Whether the claim holds, and what there is to say in either case. */
export interface Verdict {
  readonly pass: boolean;
  /** Why it does not hold, or, where it does, why its opposite does not. */
  message(): string;
}

/** @throws SimulationError where it is none */
export function executionOf(received: unknown, matcher: string): Execution {
  if (received instanceof SimulatedExecution) return received;
  throw new SimulationError(
    `${matcher}() was given ${shown(received)}: expected an execution, as start() gives it`,
  );
}

type Same = (actual: unknown, expected: unknown) => boolean;

export function succeeded(execution: Execution): Verdict {
  return verdict(execution, execution.status === 'Succeeded', 'to have succeeded', stateOf(execution));
}

export function hasOutput(execution: Execution, expected: unknown, same: Same = sameJson): Verdict {
  const isIt = execution.status === 'Succeeded' && same(execution.output, expected);
  return verdict(execution, isIt, `to have the output ${shown(expected)}`, stateOf(execution));
}

/** `cause`: contained in the cause, or matched by it. */
export function failedWith(execution: Execution, error: string, cause?: string | RegExp): Verdict {
  if (typeof error !== 'string') {
    throw new SimulationError(`toHaveFailedWith() was given ${shown(error)}: expected the name of an error`);
  }
  const said = execution.cause ?? '';
  const matches =
    cause === undefined || (typeof cause === 'string' ? said.includes(cause) : said.search(cause) >= 0);
  const isFailed = execution.status === 'Failed' || execution.status === 'TimedOut';
  const what = `to have failed with ${error}${cause === undefined ? '' : `: ${cause}`}`;
  return verdict(execution, isFailed && execution.error === error && matches, what, stateOf(execution));
}

/** These states in this order; others may be between them. */
export function went(execution: Execution, states: readonly string[]): Verdict {
  const { path } = execution;
  let at = 0;
  for (const state of path) if (state === states[at]) at++;
  const way = path.length === 0 ? 'entered no state' : `went ${path.join(', ')}`;
  return verdict(execution, at === states.length, `to have gone ${states.join(', ')}`, way);
}

function stateOf(execution: Execution): string {
  if (execution.status === 'Succeeded') return `succeeded with ${valueText(execution.output)}`;
  if (execution.status === 'Failed') return `failed with ${failureText(execution)}`;
  return execution.status === 'TimedOut' ? 'has run out of time' : `is ${execution.status}`;
}

function verdict(execution: Execution, pass: boolean, what: string, is: string): Verdict {
  const message = () =>
    `expected execution ${execution.number} ${pass ? 'not ' : ''}${what}, but it ${is}\n${execution.timeline}`;
  return { pass, message };
}
