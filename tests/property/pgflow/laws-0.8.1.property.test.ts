/** The laws of pgflow 0.8.1, its broadcasts, and a map over many elements. */
import { describe, expect, it } from 'vitest';
import { pgflow081UnderTest } from '../../../src/harness/pgflow/0.8.1/release.ts';
import { pgflow081 } from '../../../src/model/pgflow/0.8.1/machine.ts';
import { expectSame } from '../../support/for-all.ts';
import { testLaws } from '../../support/laws.ts';
import { Stage } from '../../support/play.ts';
import { alongTracesOf } from '../../support/traces.ts';

const alongTraces = alongTracesOf(pgflow081UnderTest);

testLaws(pgflow081UnderTest, alongTraces, new Set(['pgmq.read_with_poll']));

describe('what is broadcast', () => {
  it('is announced as events and written down in the same order, nothing of a refused command', () => {
    alongTraces((steps) => {
      for (const { before, command, now, uuid, result } of steps) {
        const { state, events } = pgflow081.transition(before, command, { now, uuid });
        const added = state.broadcasts
          .entries()
          .slice(before.broadcasts.size)
          .map(([, broadcast]) => broadcast);
        expectSame(added, result.ok ? events : [], command.type);
      }
    });
  });

  it('tells each run that it started before anything else, and at most once how it ended', () => {
    alongTraces((steps) => {
      const kinds = new Map<string, string[]>();
      for (const { event, topic } of steps.at(-1)!.after.broadcasts.values()) {
        kinds.set(topic, [...(kinds.get(topic) ?? []), event]);
      }
      for (const [topic, events] of kinds) {
        expectSame(events[0], 'run:started', topic);
        expectSame(events.filter((event) => event === 'run:started').length, 1, topic);
        expectSame(events.filter((event) => /^run:(failed|completed)$/.test(event)).length <= 1, true, topic);
      }
    });
  });
});

describe('a map over a thousand elements', () => {
  it('starts a task and sends a message for each, and ends when the last has ended', () => {
    const stage = new Stage(pgflow081UnderTest);
    const input = Array.from({ length: 1000 }, (_, i) => i);
    stage.execute({ type: 'create_flow', flow_slug: 'f' });
    stage.execute({ type: 'add_step', flow_slug: 'f', step_slug: 'm', step_type: 'map' });
    const { uuid: run_id } = stage.execute({ type: 'start_flow', flow_slug: 'f', input });
    const msg_ids = input.map((i) => i + 1);
    const { result } = stage.execute({ type: 'start_tasks', flow_slug: 'f', msg_ids, worker_id: null });
    expect(result.ok && result.rows.map((row) => row.input)).toEqual(input);
    for (const task_index of input) {
      expect(stage.state.runs.get(run_id)?.status).toBe('started');
      stage.execute({ type: 'complete_task', run_id, step_slug: 'm', task_index, output: task_index * 2 });
    }
    expect(stage.state.runs.get(run_id)).toMatchObject({
      status: 'completed',
      output: { m: input.map((i) => i * 2) },
    });
  });
});
