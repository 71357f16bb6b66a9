/** What a page shows of executions in the states language. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findRelease } from '../../../src/harness/services.ts';
import { statesLanguageUnderTest } from '../../../src/harness/state-machine/states-language/release.ts';
import { readTraceFile } from '../../../src/harness/trace/read-file.ts';
import type { StatesLanguageCommand } from '../../../src/model/state-machine/states-language/commands.ts';

const { machine, project } = statesLanguageUnderTest;
const drawing = statesLanguageUnderTest.drawing!;

/** What is drawn after so many commands of a kept trace. */
async function drawn(title: string, commands: number) {
  const file = join(
    import.meta.dirname,
    `../../conformance/state-machine/traces/${title.replaceAll(' ', '-')}.json`,
  );
  const trace = await readTraceFile(file, (engine, release) => findRelease(engine, release));
  let state = machine.initialState;
  for (const { at, command } of trace.commands.slice(0, commands)) {
    const now = Date.parse(trace.startedAt) + at;
    state = machine.transition(state, command as StatesLanguageCommand, { now, uuid: '' }).state;
  }
  const observation = project(state);
  const [[graph], [run]] = [drawing.graphs(observation), drawing.runs(observation)];
  const nodes = [...run!.nodes].map(([id, { status, note }]) => [id, `${status} ${note}`.trim()]);
  return { graph: graph!, status: run!.status, nodes: Object.fromEntries(nodes) };
}

test('branches are there from the beginning, each with its own states', async () => {
  const { graph, nodes } = await drawn('a branch that fails ends the others', 3);
  expect(graph.nodes.map(({ id }) => id)).toEqual(['S', 'A 0', 'B 1', 'C 2', 'T']);
  expect(graph.edges).toContainEqual({ from: 'S', to: 'B 1' });
  expect(nodes).toEqual({});
});

test('of what is ended from outside, a state says so', async () => {
  const { nodes, status } = await drawn('a branch that fails ends the others', Number.POSITIVE_INFINITY);
  expect(status).toBe('completed');
  expect(nodes).toEqual({
    ...{ S: 'failed 0 of 3', 'A 0': 'skipped', 'B 1': 'skipped', 'C 2': 'failed', T: 'completed' },
  });
});

test('items unfold when their Map has begun, and wait their turn', async () => {
  const title = 'a map begins no more items at once than it may';
  expect((await drawn(title, 3)).graph.nodes.map(({ id }) => id)).toEqual(['S']);
  const { graph, nodes } = await drawn(title, 6);
  expect(graph.nodes.map(({ id }) => id)).toEqual(['S', 'A 0', 'A 1', 'A 2']);
  expect(nodes).toEqual({ S: 'started 0 of 3', 'A 0': 'started', 'A 1': 'started' });
  expect((await drawn(title, Number.POSITIVE_INFINITY)).nodes).toMatchObject({ S: 'completed 3 of 3' });
});

test('what is tried again tells how often', async () => {
  const { nodes } = await drawn('retries back off until they are used up', Number.POSITIVE_INFINITY);
  expect(nodes).toEqual({ S: 'failed 3 attempts' });
});
