/** Numbers beyond the type of their parameter: neither a trace nor the SQL takes them, and nothing has changed after. */
import { expect, test } from 'vitest';
import { runId } from '../../../src/harness/pgflow/shared/run-ids.ts';
import { findRelease } from '../../../src/harness/services.ts';
import type { PgflowCommand } from '../../../src/model/pgflow/0.8.1/commands.ts';
import { driverFor } from '../open.ts';

const release = findRelease('pgflow', '0.8.1');
const run_id = runId(1);
const task = { run_id, step_slug: 'a', task_index: 0 };

/** Each as large as it can be, and the parameter that is then made one more. */
const commands: readonly (readonly [name: string, command: PgflowCommand])[] = [
  ['max_attempts', { type: 'create_flow', flow_slug: 'g', max_attempts: 2 ** 31 - 1 }],
  ['base_delay', { type: 'create_flow', flow_slug: 'g', base_delay: 2 ** 31 - 1 }],
  ['timeout', { type: 'create_flow', flow_slug: 'g', timeout: 2 ** 31 - 1 }],
  ['start_delay', { type: 'add_step', flow_slug: 'f', step_slug: 'b', start_delay: 2 ** 31 - 1 }],
  ['task_index', { type: 'complete_task', ...task, task_index: 2 ** 31 - 1, output: 1 }],
  ['task_index', { type: 'fail_task', ...task, task_index: 2 ** 31 - 1, error_message: 'boom' }],
  ['vt_offsets', { type: 'set_vt_batch', queue_name: 'f', msg_ids: [1], vt_offsets: [2 ** 31 - 1] }],
  ['attempts_count', { type: 'calculate_retry_delay', base_delay: 0, attempts_count: 2 ** 31 - 1 }],
  ['qty', { type: 'pgmq.read', queue_name: 'f', vt: 0, qty: 2 ** 31 - 1 }],
];

const addOne = (value: unknown): unknown => (Array.isArray(value) ? value.map(addOne) : Number(value) + 1);

test.each(commands)('%s of %o cannot be one more', async (name, command) => {
  const value = addOne((command as unknown as Record<string, unknown>)[name]);
  const tooLarge = { ...command, [name]: value } as PgflowCommand;
  expect(release.parseCommand(command)).toEqual(command);
  expect(() => release.parseCommand(tooLarge)).toThrow(name);

  const driver = await driverFor(release);
  const definitions: PgflowCommand[] = [
    { type: 'create_flow', flow_slug: 'f' },
    { type: 'add_step', flow_slug: 'f', step_slug: 'a' },
    { type: 'start_flow', flow_slug: 'f', input: {}, run_id },
  ];
  await driver.run({ at: 0, queries: [...release.reset, ...definitions.map((each) => release.call(each))] });
  const before = await observe();
  const [result] = (await driver.run({ at: 0, queries: [release.call(tooLarge)] })).results;
  expect(result).toMatchObject({ kind: 'failure', sqlstate: '22003' });
  expect(await observe()).toEqual(before);

  async function observe() {
    return release.readObservation((await driver.run({ at: 0, queries: [...release.observe] })).results);
  }
});
