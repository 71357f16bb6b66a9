/** Entry point `pgtwin/state-machine/vitest`: importing it adds the matchers to vitest's `expect`. */
import { expect } from 'vitest';
import { sameJson } from '../../twin/same-json.ts';
import * as claims from './seen/claims.ts';

/** The matchers that this adds to vitest, for executions. Each failure shows the timeline. */
export interface StateMachineMatchers {
  toHaveSucceeded(): void;
  /** It has succeeded with this output, as JSON. It may contain `expect.any(...)` and the like. */
  toHaveSucceededWith(output: unknown): void;
  /** It has failed, or run out of time, with this `Error`. `cause`: contained in its `Cause`, or matched by it. */
  toHaveFailedWith(error: string, cause?: string | RegExp): void;
  /** It has entered these states in this order; others may be between them. */
  toHaveGone(...states: string[]): void;
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: it has to repeat vitest's own declaration.
  interface Matchers<T = any> extends StateMachineMatchers {}
}

expect.extend({
  toHaveSucceeded: (received: unknown) => claims.succeeded(claims.executionOf(received, 'toHaveSucceeded')),
  toHaveSucceededWith(received: unknown, output: unknown) {
    const { equals } = this;
    // Whatever is the same for vitest and not as JSON has asymmetric matchers in it.
    const same = (actual: unknown, wanted: unknown) => sameJson(actual, wanted) || equals(actual, wanted);
    return claims.hasOutput(claims.executionOf(received, 'toHaveSucceededWith'), output, same);
  },
  toHaveFailedWith: (received: unknown, error: string, cause?: string | RegExp) =>
    claims.failedWith(claims.executionOf(received, 'toHaveFailedWith'), error, cause),
  toHaveGone: (received: unknown, ...states: string[]) =>
    claims.went(claims.executionOf(received, 'toHaveGone'), states),
});
