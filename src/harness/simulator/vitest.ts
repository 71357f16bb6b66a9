/** Entry point `pgtwin/vitest`: importing it adds the matchers to vitest's `expect`. */
import { expect } from 'vitest';
import * as claims from './assertions.ts';
import { SimulationError, shown } from './simulation-error.ts';

/** What is added to vitest's matchers. Each failure shows the timeline. */
export interface PgtwinMatchers {
  /** A run, or a step of it, has completed. */
  toHaveCompleted(): void;
  /** A run or a step has failed; where an error is given, with one that contains the text, or matches. */
  toHaveFailed(error?: string | RegExp): void;
  /** A run, a step or a task has completed with exactly this output, as JSON. */
  toHaveOutput(output: unknown): void;
  /** The task of a step was started so often; of a map, the one that was started most often. */
  toHaveAttempts(attempts: number): void;
  /** A run will never end; where a deviation is given, because of it. */
  toBeStuck(deviation?: string): void;
  /** The timeline of a run or of a simulation is the one in the snapshot. */
  toMatchTimeline(): void;
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: it has to repeat vitest's own declaration.
  interface Matchers<T = any> extends PgtwinMatchers {}
}

type Kind = 'run' | 'step' | 'task' | 'simulation';

/** What a matcher was given: told by its properties, as it may come from another copy of this module. */
function subject<T>(received: unknown, matcher: string, kinds: readonly Kind[]): T {
  const has = (...names: string[]) =>
    typeof received === 'object' && received !== null && names.every((name) => name in received);
  const is: Record<Kind, boolean> = {
    run: has('finish', 'timeline', 'stuck'),
    step: has('slug', 'tasks', 'attempts'),
    task: has('index', 'history', 'attempts'),
    simulation: has('advance', 'timeline'),
  };
  if (kinds.some((kind) => is[kind])) return received as T;
  const expected = kinds.map((kind) => `a ${kind}`).join(' or ');
  throw new SimulationError(`${matcher} was given ${shown(received)}: expected ${expected} of a simulation`);
}

const answer = ({ holds, message }: claims.Verdict) => ({ pass: holds, message: () => message });

expect.extend({
  toHaveCompleted: (received: unknown) =>
    answer(claims.completed(subject(received, 'toHaveCompleted', ['run', 'step']))),
  toHaveFailed: (received: unknown, error?: string | RegExp) =>
    answer(claims.failed(subject(received, 'toHaveFailed', ['run', 'step']), error)),
  toHaveOutput: (received: unknown, output: unknown) =>
    answer(claims.hasOutput(subject(received, 'toHaveOutput', ['run', 'step', 'task']), output)),
  toHaveAttempts: (received: unknown, attempts: number) =>
    answer(claims.hasAttempts(subject(received, 'toHaveAttempts', ['step', 'task']), attempts)),
  toBeStuck: (received: unknown, deviation?: string) =>
    answer(claims.isStuck(subject(received, 'toBeStuck', ['run']), deviation)),
  toMatchTimeline(received: unknown) {
    const { timeline } = subject<{ timeline: unknown }>(received, 'toMatchTimeline', ['run', 'simulation']);
    expect(`\n${timeline}\n`).toMatchSnapshot();
    return { pass: true, message: () => 'the timeline is the one in the snapshot' };
  },
});
