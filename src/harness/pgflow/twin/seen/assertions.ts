/** What a test may claim about a run, as plain functions for any test runner; the matchers for vitest are made of them. */
import { visibleLines } from '../../../../model/kernel/visible.ts';
import { wholeNumber } from '../../../twin/checks.ts';
import { sameJson } from '../../../twin/same-json.ts';
import { SimulationError, shown } from '../../../twin/simulation-error.ts';
import { thrownText } from '../../../twin/user-line.ts';
import { type Kind, subjectOf } from './claimed.ts';
import type { Run } from './run.ts';
import type { RunStep, RunTask } from './run-step.ts';

/** Whether the claim holds, and what there is to say in either case. */
export interface Verdict {
  readonly holds: boolean;
  /** Why it does not hold, or, where it does, why its opposite does not. */
  readonly message: string;
}

/** Of any flow: only what every one of them has is looked at. */
type AnyRun = Pick<Run, 'number' | 'status' | 'error' | 'stuck' | 'timeline'> & {
  readonly output: unknown;
  finish(): unknown;
};
type AnyStep = Pick<RunStep, 'slug' | 'status' | 'error' | 'attempts'> & {
  readonly run: AnyRun;
  readonly output: unknown;
  readonly tasks: readonly unknown[];
};
type AnyTask = Pick<RunTask, 'index' | 'status' | 'error' | 'attempts' | 'history'> & {
  readonly run: AnyRun;
  readonly output: unknown;
};

/** An assertion that failed. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/** The run, or the step, has completed. */
export function completed(subject: AnyRun | AnyStep): Verdict {
  return verdict(subject, subject.status === 'completed', 'to have completed', `is ${stateOf(subject)}`);
}

/** It has failed; where `error` is given, with an error that says so (contains the text, or matches). */
export function failed(subject: AnyRun | AnyStep, error?: string | RegExp): Verdict {
  if (error !== undefined && typeof error !== 'string' && !(error instanceof RegExp)) {
    throw new SimulationError(`the expected error is ${shown(error)}: expected a text or a RegExp`);
  }
  const hasFailed = subject.status === 'failed';
  if (error === undefined || !hasFailed) {
    return verdict(subject, hasFailed, 'to have failed', `is ${stateOf(subject)}`);
  }
  const said = subject.error ?? '';
  const matches = typeof error === 'string' ? said.includes(error) : said.search(error) >= 0;
  return verdict(subject, matches, `to have failed with ${error}`, `failed with ${JSON.stringify(said)}`);
}

/** How a test runner compares and prints, where it can do more than JSON can. */
export interface Comparison {
  same(actual: unknown, expected: unknown): boolean;
  show(expected: unknown): string;
}
const asJson: Comparison = { same: sameJson, show: json };

/** It has completed with exactly this output, as JSON. */
export function hasOutput(
  subject: AnyRun | AnyStep | AnyTask,
  expected: unknown,
  { same, show }: Comparison = asJson,
): Verdict {
  const { output } = subject as { output: unknown };
  const holds = subject.status === 'completed' && same(output ?? null, expected ?? null);
  return verdict(
    subject,
    holds,
    `to have the output ${show(expected)}`,
    `has ${json(output)} and is ${stateOf(subject)}`,
  );
}

/** So often was its task started; of a map, the task of it that was started most often. */
export function hasAttempts(subject: AnyStep | AnyTask, expected: number): Verdict {
  wholeNumber(expected, 'the expected number of attempts', 0, Number.MAX_SAFE_INTEGER, 'a whole number');
  const { attempts } = subject;
  return verdict(subject, attempts === expected, `to have ${expected} attempts`, `has ${attempts}`);
}

/** It was found by `finish()` that it will never end; where `deviation` is given, because of that behaviour. */
export function isStuck(run: AnyRun, deviation?: string): Verdict {
  const { stuck } = run;
  const holds = stuck !== undefined && (deviation === undefined || stuck.deviation === deviation);
  const what = deviation === undefined ? 'to be stuck' : `to be stuck because of ${deviation}`;
  return verdict(run, holds, what, `is ${stateOf(run)}`);
}

/** What each claim can be about. */
export const kindsOf = {
  completed: ['run', 'step'],
  failed: ['run', 'step'],
  hasOutput: ['run', 'step', 'task'],
  hasAttempts: ['step', 'task'],
  isStuck: ['run'],
} as const satisfies Readonly<Record<string, readonly Kind[]>>;

/** @throws AssertionError, which shows the timeline */
export const assertCompleted = (subject: AnyRun | AnyStep): void =>
  check(completed(subjectOf(subject, 'assertCompleted', kindsOf.completed)));
/** @throws AssertionError, which shows the timeline */
export const assertFailed = (subject: AnyRun | AnyStep, error?: string | RegExp): void =>
  check(failed(subjectOf(subject, 'assertFailed', kindsOf.failed), error));
/** @throws AssertionError, which shows the timeline */
export const assertOutput = <S extends AnyRun | AnyStep | AnyTask>(
  subject: S,
  expected: [S] extends [never] ? unknown : Exclude<S['output'], undefined>,
): void => check(hasOutput(subjectOf(subject, 'assertOutput', kindsOf.hasOutput), expected));
/** @throws AssertionError, which shows the timeline */
export const assertAttempts = (subject: AnyStep | AnyTask, expected: number): void =>
  check(hasAttempts(subjectOf(subject, 'assertAttempts', kindsOf.hasAttempts), expected));
/** @throws AssertionError, which shows the timeline */
export const assertStuck = (run: AnyRun, deviation?: string): void =>
  check(isStuck(subjectOf(run, 'assertStuck', kindsOf.isStuck), deviation));

function check({ holds, message }: Verdict): void {
  if (!holds) throw new AssertionError(message);
}

type Subject = AnyRun | AnyStep | AnyTask;

function verdict(subject: Subject, holds: boolean, claim: string, instead: string): Verdict {
  const name = nameOf(subject);
  const said = holds
    ? `expected ${name} not ${claim}, but it is so`
    : `expected ${name} ${claim}, but it ${instead}`;
  const message = `${said}\n\n${timelineOf(subject)}${holds ? '' : thrownIn(subject)}`;
  return { holds, message: visibleLines(message) };
}

interface Thrown {
  readonly name: string;
  readonly attempt: number;
  readonly thrown: unknown;
}

/** What the last handlers threw, and where: the timeline has the messages alone. */
function thrownIn(subject: Subject): string {
  const { steps = [] } = (isRun(subject) ? subject : subject.run) as { steps?: readonly RunStep[] };
  const all = steps.flatMap(({ slug, tasks }) =>
    tasks.flatMap(({ index, history }) => {
      const name = tasks.length === 1 ? slug : `${slug}[${index}]`;
      return history.map(({ attempt, thrown }): Thrown => ({ name, attempt, thrown }));
    }),
  );
  const texts = all.flatMap(({ name, attempt, thrown }) => {
    const text = thrownText(thrown);
    return text === undefined ? [] : [`\n  ${name} attempt ${attempt} threw ${text}`];
  });
  return texts.length === 0 ? '' : `\n${texts.slice(-linesOfThrown).join('')}`;
}

const linesOfThrown = 10;

const isRun = (subject: Subject): subject is AnyRun => 'finish' in subject;
const isStep = (subject: Subject): subject is AnyStep => 'slug' in subject && 'tasks' in subject;

function nameOf(subject: Subject): string {
  if (isRun(subject)) return `run ${subject.number}`;
  return isStep(subject) ? `step "${subject.slug}"` : `task ${subject.index}`;
}

function stateOf(subject: Subject): string {
  if (isRun(subject) && subject.stuck) {
    const { reason, deviation } = subject.stuck;
    return `${subject.status} and stuck: ${reason}${deviation === undefined ? '' : ` (${deviation})`}`;
  }
  if (subject.status === 'scheduled')
    return 'scheduled: virtual time has not advanced yet; call await run.finish()';
  const error = 'error' in subject && subject.status === 'failed' ? `: ${subject.error}` : '';
  return `${subject.status}${error}`;
}

/** Of a long timeline the beginning, and the end, where the trouble is. */
const linesAtBeginning = 30;
const linesAtEnd = 70;

/** Of the whole run: what a step waits for in vain lies elsewhere. */
function timelineOf(subject: Subject): string {
  const { timeline } = isRun(subject) ? subject : subject.run;
  const lines = `${timeline}`.split('\n');
  const leftOut = lines.length - linesAtBeginning - linesAtEnd;
  if (leftOut <= 1) return lines.join('\n');
  const between = `        ...  ${leftOut} more lines: see the timeline of the run`;
  return [...lines.slice(0, linesAtBeginning), between, ...lines.slice(-linesAtEnd)].join('\n');
}

function json(value: unknown): string {
  return value === undefined ? 'undefined' : shown(value, 1000);
}
