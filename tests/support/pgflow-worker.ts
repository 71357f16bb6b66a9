/** A worker for pgflow 0.1.20 in virtual time: it polls without end and reports as its plan says. */
import { pgflow0120UnderTest } from '../../src/harness/pgflow/0.1.20/release.ts';
import type { Instant } from '../../src/model/kernel/instant.ts';
import type { PgflowCommand } from '../../src/model/pgflow/0.1.20/commands.ts';
import type { PgflowState } from '../../src/model/pgflow/0.1.20/state.ts';
import { complete, createFlow, fail, startFlow, addStep as step } from './pgflow.ts';
import { rowsOf, Stage, startedAt } from './play.ts';

/** What becomes of an attempt: `fail` is reported at once, `vanish` never, and everything else completes. */
export type Mishap = 'fail' | 'vanish';

export interface PlannedStep {
  readonly slug: string;
  readonly deps: readonly string[];
  readonly max_attempts: number;
  /** Seconds. */
  readonly base_delay: number;
  /** Seconds. */
  readonly timeout: number;
  /** Of the first attempts, in order. */
  readonly mishaps: readonly Mishap[];
  /** How long an attempt takes that completes, in milliseconds; may be longer than the timeout. */
  readonly work: number;
}

export interface Job {
  /** Each after the steps that it depends on. */
  readonly steps: readonly PlannedStep[];
  /** When each run starts, in milliseconds after the first instant. */
  readonly starts: readonly number[];
  readonly qty: number;
  readonly max_poll_seconds: number;
  /** Milliseconds. */
  readonly poll_interval_ms: number;
}

/** Works until every run has ended, or until `giveUpAt` (milliseconds after the first instant). */
export function work(job: Job, giveUpAt: number): PgflowState {
  const stage = new Stage(pgflow0120UnderTest);
  stage.execute(createFlow('f'));
  for (const { slug, deps, max_attempts, base_delay, timeout } of job.steps) {
    rowsOf(stage.execute(step('f', slug, [...deps], { max_attempts, base_delay, timeout })).result);
  }
  const agenda: { at: Instant; command: PgflowCommand }[] = job.starts.map((ms) => ({
    at: startedAt + ms,
    command: startFlow('f'),
  }));

  while (stage.now - startedAt <= giveUpAt) {
    for (const { command } of takeDue(agenda, stage.now)) stage.execute(command);
    const open = [...stage.state.runs.values()].some((run) => run.status === 'started');
    if (!open && agenda.length === 0) break;
    poll(stage, job, agenda);
  }
  return stage.state;
}

function poll(
  stage: Stage<PgflowState, PgflowCommand>,
  job: Job,
  agenda: { at: Instant; command: PgflowCommand }[],
): void {
  const { qty, max_poll_seconds, poll_interval_ms } = job;
  const { result } = stage.execute({
    type: 'poll_for_tasks',
    queue_name: 'f',
    vt: 1,
    qty,
    max_poll_seconds,
    poll_interval_ms,
  });
  for (const { run_id, step_slug } of rowsOf(result) as { run_id: string; step_slug: string }[]) {
    const run = Number.parseInt(run_id.slice(-12), 16);
    const { mishaps, work } = job.steps.find(({ slug }) => slug === step_slug)!;
    const task = stage.state.runs.get(run_id)!.step_tasks.find((task) => task.step_slug === step_slug)!;
    const mishap = mishaps[task.attempts_count - 1];
    if (mishap === 'fail') rowsOf(stage.execute(fail(run, step_slug)).result);
    if (mishap === undefined) agenda.push({ at: stage.now + work, command: complete(run, step_slug, work) });
  }
}

/** Takes what is due off the agenda, earliest first. */
function takeDue<T extends { at: Instant }>(agenda: T[], now: Instant): T[] {
  const due = agenda.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
  const later = agenda.filter(({ at }) => at > now);
  agenda.splice(0, agenda.length, ...later);
  return due;
}

/**
 * Between which times after its start a run of the job completes, in milliseconds, where each step has fewer
 * mishaps than attempts: along the slowest chain of steps, each step is hidden for its mishaps and then worked on.
 * Above that, a worker that looks every interval finds a visible message one interval late, and what falls due
 * during a poll has to wait for its end.
 */
export function durationOf(job: Job): { readonly least: number; readonly most: number } {
  // A sleep ends a millisecond late where its length is no exact number of seconds.
  const look = job.poll_interval_ms + 1;
  const poll = job.max_poll_seconds * 1000 + look;
  const ends = new Map<string, { least: number; most: number }>();
  for (const { slug, deps, base_delay, timeout, mishaps, work } of job.steps) {
    const hidden = mishaps
      .map((mishap, i) => (mishap === 'fail' ? base_delay * 2 ** (i + 1) : timeout + 2) * 1000)
      .reduce((a, b) => a + b, 0);
    const before = deps.map((dep) => ends.get(dep)!);
    ends.set(slug, {
      least: Math.max(0, ...before.map(({ least }) => least)) + hidden + work,
      most:
        Math.max(0, ...before.map(({ most }) => most)) + hidden + work + mishaps.length * look + look + poll,
    });
  }
  const all = [...ends.values()];
  return {
    least: Math.max(...all.map(({ least }) => least)),
    most: Math.max(...all.map(({ most }) => most)),
  };
}
