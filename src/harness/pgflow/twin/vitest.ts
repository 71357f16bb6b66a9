/** Entry point `pgtwin/vitest`: importing it adds the matchers to vitest's `expect`. */
import { expect } from 'vitest';
import { sameJson } from '../../twin/same-json.ts';
import * as claims from './seen/assertions.ts';
import { subjectOf } from './seen/claimed.ts';

/** The matchers that this adds to vitest. Each failure shows the timeline. */
export interface PgtwinMatchers {
  /** A run, or a step of it, has completed. */
  toHaveCompleted(): void;
  /** A run or a step has failed. With `error`: its error contains the text, or matches the RegExp. */
  toHaveFailed(error?: string | RegExp): void;
  /** A run, a step or a task has completed with exactly this output, as JSON. It may contain `expect.any(...)` and the like. */
  toHaveOutput(output: unknown): void;
  /** The task of a step was started so many times. For a map: the task that was started most often. */
  toHaveAttempts(attempts: number): void;
  /** A run will never end. With `deviation`: because of that deviation. */
  toBeStuck(deviation?: string): void;
  /** The timeline of a run or of a simulation equals the snapshot. */
  toMatchTimeline(): void;
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: it has to repeat vitest's own declaration.
  interface Matchers<T = any> extends PgtwinMatchers {}
}

const answer = ({ holds, message }: claims.Verdict) => ({ pass: holds, message: () => message });
const { kindsOf } = claims;

expect.extend({
  toHaveCompleted: (received: unknown) =>
    answer(claims.completed(subjectOf(received, 'toHaveCompleted', kindsOf.completed))),
  toHaveFailed: (received: unknown, error?: string | RegExp) =>
    answer(claims.failed(subjectOf(received, 'toHaveFailed', kindsOf.failed), error)),
  toHaveOutput(received: unknown, expected: unknown) {
    const subject = subjectOf<AnySubject>(received, 'toHaveOutput', kindsOf.hasOutput);
    const { equals, utils } = this;
    const verdict = claims.hasOutput(subject, expected, {
      // Whatever is the same for vitest and not as JSON has asymmetric matchers in it.
      same: (actual, wanted) => sameJson(actual, wanted) || equals(actual, wanted),
      show: (wanted) => utils.stringify(wanted, 10, { min: true }),
    });
    return { ...answer(verdict), actual: subject.output, expected };
  },
  toHaveAttempts: (received: unknown, attempts: number) =>
    answer(claims.hasAttempts(subjectOf(received, 'toHaveAttempts', kindsOf.hasAttempts), attempts)),
  toBeStuck: (received: unknown, deviation?: string) =>
    answer(claims.isStuck(subjectOf(received, 'toBeStuck', kindsOf.isStuck), deviation)),
  toMatchTimeline(received: unknown) {
    const { timeline } = subjectOf<{ timeline: unknown }>(received, 'toMatchTimeline', ['run', 'simulation']);
    expect(`\n${timeline}\n`).toMatchSnapshot();
    return { pass: true, message: () => 'the timeline is the one in the snapshot' };
  },
});

type AnySubject = Parameters<typeof claims.hasOutput>[0] & { readonly output: unknown };
