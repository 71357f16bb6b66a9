/** What flows through a run: the inputs that tasks are handed out with, and the output that it ends with. */
import { describe, expect, it } from 'vitest';
import type { Jsonb } from '../../../src/model/kernel/jsonb.ts';
import { expectSame } from '../../support/for-all.ts';
import {
  addStep,
  complete,
  createFlow,
  depsOf,
  flowOf,
  play,
  poll,
  runOf,
  spoils,
  startFlow,
  taskOf,
} from '../../support/pgflow.ts';
import { rowsOf } from '../../support/play.ts';
import { alongTraces } from '../../support/traces.ts';

interface HandedOut {
  readonly run_id: string;
  readonly step_slug: string;
  readonly input: { readonly [key: string]: Jsonb };
}

describe('the output of a run', () => {
  it('holds exactly the steps on which no other step depends when it completes', () => {
    let completed = 0;
    alongTraces((steps) => {
      for (const { before, after } of steps) {
        for (const run of after.runs.values()) {
          if (run.status !== 'completed' || before.runs.get(run.run_id)?.status === 'completed') continue;
          completed++;
          const { deps } = flowOf(after, run);
          const leaves = run.step_states
            .map(({ step_slug }) => step_slug)
            .filter((slug) => deps.every(({ dep_slug }) => dep_slug !== slug));
          if (leaves.length === 0) expect(run.output).toBeUndefined();
          else {
            // A task that gave SQL NULL stands there as JSON's null.
            const outputs = leaves.map((slug) => [slug, taskOf(run, slug)!.output ?? null]);
            expectSame({ ...(run.output as object) }, Object.fromEntries(outputs));
          }
        }
      }
    });
    expect(completed).toBeGreaterThan(0);
  });

  it('is there for a flow that has steps and was not changed since the run began', () => {
    alongTraces((steps) => {
      const began = new Map<string, string>();
      for (const { after, command } of steps) {
        for (const run of after.runs.values()) {
          const { steps, deps } = flowOf(after, run);
          const definition = JSON.stringify([steps, deps]);
          if (command.type === 'start_flow' && !began.has(run.run_id)) began.set(run.run_id, definition);
          const unchanged = began.get(run.run_id) === definition && steps.length > 0;
          if (run.status === 'completed' && unchanged) expect(run.output).toBeDefined();
        }
      }
    });
  });

  it('is SQL NULL where a step that was added late depends on the only leaf', () => {
    const { state } = play([
      createFlow('f'),
      addStep('f', 'a'),
      startFlow('f'),
      addStep('f', 'b', ['a']),
      complete(1, 'a', 'lost'),
    ]);
    expect(runOf(state, 1)).toMatchObject({ status: 'completed', output: undefined });
  });

  it('is SQL NULL for a run without steps that is completed by hand', () => {
    const { state } = play([
      createFlow('f'),
      startFlow('f'),
      { type: 'maybe_complete_run', run_id: '00000000-0000-4000-8000-000000000001' },
    ]);
    expect(runOf(state, 1)).toMatchObject({ status: 'completed', output: undefined });
  });
});

describe('the input of a task', () => {
  it('holds the input of the run and the output of every dependency, where none was added late', () => {
    let withDependencies = 0;
    alongTraces((steps) => {
      const spoiled = new Set<string | undefined>();
      for (const step of steps) {
        const { command, before, after, result } = step;
        spoiled.add(spoils(step));
        if (command.type !== 'poll_for_tasks' || !result.ok) continue;
        for (const { run_id, step_slug, input } of result.rows as unknown as HandedOut[]) {
          const run = before.runs.get(run_id)!;
          if (spoiled.has(run.flow_slug)) continue;
          const deps = depsOf(flowOf(after, run), step_slug);
          if (deps.length > 0) withDependencies++;
          const outputs = deps.map((dep) => {
            expect(taskOf(run, dep)?.status).toBe('completed');
            return [dep, taskOf(run, dep)!.output ?? null] as const;
          });
          expectSame({ ...input }, { run: run.input, ...Object.fromEntries(outputs) });
        }
      }
    });
    expect(withDependencies).toBeGreaterThan(0);
  });

  it('holds in any flow the dependencies that have completed, and no others', () => {
    alongTraces((steps) => {
      for (const { command, before, result } of steps) {
        if (command.type !== 'poll_for_tasks' || !result.ok) continue;
        for (const { run_id, step_slug, input } of result.rows as unknown as HandedOut[]) {
          const run = before.runs.get(run_id)!;
          const completed = depsOf(flowOf(before, run), step_slug).filter(
            (dep) => taskOf(run, dep)?.status === 'completed',
          );
          expect(Object.keys(input).sort()).toEqual(['run', ...completed].sort());
        }
      }
    });
  });

  it('lacks a dependency that was added when the step had started', () => {
    const { results } = play([
      createFlow('f'),
      addStep('f', 'a'),
      addStep('f', 'b'),
      startFlow('f', 7),
      addStep('f', 'b', ['a']),
      poll('f'),
    ]);
    expect(rowsOf(results.at(-1)).find(({ step_slug }) => step_slug === 'b')?.input).toEqual({ run: 7 });
  });

  it('holds null for a dependency that gave SQL NULL and for one that gave null', () => {
    const { results } = play([
      createFlow('f'),
      addStep('f', 'a'),
      addStep('f', 'b'),
      addStep('f', 'c', ['a', 'b']),
      startFlow('f', []),
      complete(1, 'a'),
      complete(1, 'b', null),
      poll('f'),
    ]);
    expect(rowsOf(results.at(-1))).toMatchObject([{ step_slug: 'c', input: { run: [], a: null, b: null } }]);
  });
});
