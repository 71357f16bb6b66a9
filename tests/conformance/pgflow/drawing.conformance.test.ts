import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Drawing } from '../../../src/harness/contract/drawing.ts';
import type { Observation } from '../../../src/harness/contract/observation.ts';
import { executeWithMoments } from '../../../src/harness/lockstep/moments.ts';
import { findRelease } from '../../../src/harness/services.ts';
import { readTraceFile } from '../../../src/harness/trace/read-file.ts';
import { driverFor } from '../open.ts';

async function recorded(name: string) {
  const trace = await readTraceFile(join(import.meta.dirname, 'traces', `${name}.json`), findRelease);
  const release = findRelease(trace.engine, trace.release);
  const recording = await executeWithMoments(release, await driverFor(release), trace);
  return { trace, drawing: release.drawing!, recording };
}

const drawn = (drawing: Drawing, tables: Observation) => ({
  graphs: drawing.graphs(tables),
  runs: drawing.runs(tables),
  queues: drawing.queues(tables),
});

const traces = [
  'a-map-of-a-map-from-start-to-end',
  'a-diamond-from-start-to-end',
  'siblings-of-a-failed-task-are-left-queued-or-started',
  'retries-come-back-to-the-millisecond',
  'a-dropped-queue-stops-its-flow',
];

describe('a recording of both sides', () => {
  test.each(traces)('of %s has every moment, and both are drawn alike', async (name) => {
    const { trace, drawing, recording } = await recorded(name);
    expect(recording.divergence).toBeNull();
    expect(recording.moments.map(({ position, command }) => [position, command])).toEqual(
      trace.commands.map(({ command }, position) => [position, command]),
    );
    for (const { model, sql, differences } of recording.moments) {
      expect(differences).toEqual([]);
      expect(drawn(drawing, model.tables)).toEqual(drawn(drawing, sql.tables));
      expect(model.finishedAt).toBe(sql.finishedAt);
    }
    const { graphs, runs } = drawn(drawing, recording.moments.at(-1)!.sql.tables);
    expect(graphs.flatMap(({ nodes }) => nodes).length).toBeGreaterThan(0);
    expect(runs.length).toBeGreaterThan(0);
  });

  test('shows which siblings of a failed task stay behind', async () => {
    const { drawing, recording } = await recorded('siblings-of-a-failed-task-are-left-queued-or-started');
    const { runs } = drawn(drawing, recording.moments.at(-1)!.sql.tables);
    expect(runs.map(({ status }) => status)).toEqual(['failed']);
    const notes = [...runs[0]!.nodes.values()].map(({ status, note }) => `${status}: ${note}`);
    expect(notes).toContain('started: task queued');
  });
});

test('every column of the SQL that holds jsonb or instants is drawn as such', async () => {
  const release = findRelease('pgflow', '0.8.1');
  const driver = await driverFor(release);
  const text = `select column_name, data_type from information_schema.columns
    where table_schema in ('pgflow', 'pgmq', 'realtime') and data_type in ('jsonb', 'timestamp with time zone')
      and table_name not like 'q\\_%' and table_name not like 'a\\_%'`;
  const [result] = (await driver.run({ at: 0, queries: [{ text }] })).results;
  const columns = result?.kind === 'rows' ? result.rows : [];
  expect(columns.length).toBeGreaterThan(20);
  for (const [name, type] of columns) {
    expect([name, release.drawing!.columnType(name!)]).toEqual([
      name,
      type === 'jsonb' ? 'jsonb' : 'instant',
    ]);
  }
});
