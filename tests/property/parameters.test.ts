/** What a command may not be is refused with the true reason. */
import { describe, expect, it, test } from 'vitest';
import { findRelease } from '../../src/harness/services.ts';
import { parseTrace } from '../../src/harness/trace/format.ts';

function refusal(engine: string, release: string, command: object): string | undefined {
  const startedAt = '2030-01-01T00:00:00.000Z';
  try {
    parseTrace({ engine, release, startedAt, commands: [{ at: 0, command }] }, findRelease);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
const deep = (levels: number) => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);
const start = (input: unknown) => refusal('pgflow', '0.8.1', { type: 'start_flow', flow_slug: 'f', input });

test('a function that was replaced may answer anything, which is compared as it is', () => {
  const release = findRelease('pgflow', '0.8.1');
  for (const value of [
    '{"run":{},"stepz":[]}',
    '{"run":{},"steps":[null,1]}',
    '{"steps":5}',
    '[]',
    '"x"',
    'null',
    null,
  ]) {
    const columns = [{ name: 'get_run_with_states', type: 3802 }];
    const command = { type: 'get_run_with_states' };
    const result = release.readResult(command, { kind: 'rows', columns, rows: [[value]] });
    const got = value === null ? undefined : JSON.parse(value);
    expect(result).toEqual({ ok: true, rows: [{ get_run_with_states: got }] });
  }
});

describe('JSON', () => {
  it('is nested at most 500 deep', () => {
    expect(start(deep(500))).toBe(undefined);
    expect(start(deep(501))).toBe(
      'trace: commands[0].command.input: JSON nested more than 500 deep is not modelled',
    );
  });

  it.each([Infinity, -Infinity, Number.NaN])('has no %s', (number) => {
    expect(start({ id: [number] })).toBe(
      `trace: commands[0].command.input: ${number} is no JSON value: a number must be finite`,
    );
  });

  it('that has to be there is missing where it is not', () => {
    expect(refusal('pgflow', '0.8.1', { type: 'start_flow', flow_slug: 'f' })).toBe(undefined);
    expect(start(10n)).toBe('trace: commands[0].command.input: expected a JSON value, not bigint');
  });
});

describe('a text in an index', () => {
  const longest = 'é'.repeat(650);
  const reason = 'expected a text of at most 1300 bytes in UTF-8';

  it.each<[string, string, string, object]>([
    ['event-store', 'text', 'v_decider_id', { type: 'nack_event', v_view: 'v' }],
    ['event-store', 'text', 'v_view', { type: 'stream_events', v_view_name: 'v' }],
    ['event-store', 'text', 'v_event', { type: 'register_decider_event', v_decider: 'd', v_description: '' }],
    ['event-store', 'uuid', 'v_decider', { type: 'register_decider_event', v_event: 'e', v_description: '' }],
    ['pgflow', '0.8.1', 'flow_slug', { type: 'start_flow', input: {} }],
    ['pgflow', '0.1.20', 'flow_slug', { type: 'start_flow', input: {} }],
    ['pgflow', '0.8.1', 'step_slug', { type: 'add_step', flow_slug: 'f' }],
    ['pgflow', '0.8.1', 'queue_name', { type: 'insert_worker', worker_id: null, function_name: 'f' }],
  ])('%s %s: %s has at most 1,300 bytes', (engine, release, key, command) => {
    const named = key === 'v_view' ? 'v_view_name' : key;
    expect(refusal(engine, release, { ...command, [named]: longest })).toBe(undefined);
    expect(refusal(engine, release, { ...command, [named]: `${longest}x` })).toContain(
      `trace: commands[0].command.${named}: ${reason}`,
    );
  });

  it('is as long as it likes where no index has it', () => {
    const message = {
      type: 'fail_task',
      run_id: null,
      step_slug: null,
      task_index: 0,
      error_message: longest.repeat(9),
    };
    expect(refusal('pgflow', '0.8.1', message)).toBe(undefined);
  });
});
