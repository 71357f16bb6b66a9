/** What random traces of 0.8.1 hold beyond the branches that have a name: sizes, types, and workers that share. */
import { expect, test } from 'vitest';
import { generateTrace } from '../../../src/harness/campaign/generate.ts';
import { pgflow081UnderTest as release } from '../../../src/harness/pgflow/0.8.1/release.ts';
import { startOf } from '../../../src/harness/trace.ts';
import type { PgflowCommand } from '../../../src/model/pgflow/0.8.1/commands.ts';
import type { PgflowState } from '../../../src/model/pgflow/0.8.1/state.ts';

const seed = 1;
const samples = 1000;

const sizes = ['0', '1', '2 to 10', '11 to 100', '101 to 299', '300'];
const types = ['SQL null', 'null', 'boolean', 'number', 'string', 'object', 'array'];

test('generated maps of both kinds are given 0 to 300 elements and values of every type', () => {
  const { inputs, workers } = seen();
  for (const kind of ['root', 'later']) {
    for (const type of types) expect(inputs, `seed ${seed}`).toContain(`${kind} map given ${type}`);
    for (const size of sizes) expect(inputs, `seed ${seed}`).toContain(`${kind} map given ${size} elements`);
    for (const type of types.slice(1)) expect(inputs, `seed ${seed}`).toContain(`${kind} map of ${type}`);
  }
  // Of one queue, and started in one sample.
  expect(workers, `seed ${seed}`).toBe(3);
});

/** Everything that maps were given, and how many workers started tasks of the same flow. */
function seen(): { inputs: ReadonlySet<string>; workers: number } {
  const inputs = new Set<string>();
  let workers = 0;
  for (let index = 0; index < samples; index++) {
    const trace = generateTrace(release, { seed, index, maxCommands: 60 });
    const startedAt = startOf(trace);
    const starters = new Map<string, Set<string>>();
    let state = release.machine.initialState;
    let now = startedAt;
    for (const [position, { at, command }] of trace.commands.entries()) {
      for (const fact of given(state, command)) inputs.add(fact);
      const outcome = release.machine.transition(state, command, {
        now: Math.max(now, startedAt + at),
        uuid: release.uuid(trace.commands, position),
      });
      if (command.type === 'start_tasks' && outcome.result.ok && outcome.result.rows.length > 0) {
        const { flow_slug, worker_id } = command;
        const known = starters.get(flow_slug!) ?? new Set();
        starters.set(flow_slug!, worker_id === null ? known : known.add(worker_id));
        workers = Math.max(workers, known.size);
      }
      state = outcome.state;
      now = outcome.finishedAt;
    }
  }
  return { inputs, workers };
}

function given(state: PgflowState, command: PgflowCommand): string[] {
  if (command.type === 'start_flow' || command.type === 'start_flow_with_states') {
    const steps = state.flows.get(command.flow_slug ?? '')?.steps ?? [];
    const isMapped = steps.some((step) => step.step_type === 'map' && step.deps_count === 0);
    return isMapped ? describe('root', command.input) : [];
  }
  if (command.type !== 'complete_task' || command.run_id === null) return [];
  const run = state.runs.get(command.run_id);
  const step = run?.step_states.find((each) => each.step_slug === command.step_slug);
  const isUnderWay = run?.status === 'started' && step?.tasks[command.task_index ?? -1]?.status === 'started';
  if (!isUnderWay) return [];
  const { steps, deps } = state.flows.get(run.flow_slug)!;
  const typeOf = (slug: string) => steps.find((each) => each.step_slug === slug)?.step_type;
  const feeds = deps.some((dep) => dep.dep_slug === step.step_slug && typeOf(dep.step_slug) === 'map');
  return feeds && typeOf(step.step_slug) === 'single' ? describe('later', command.output) : [];
}

function describe(kind: string, value: unknown): string[] {
  const facts = [`${kind} map given ${typeOf(value)}`];
  if (!Array.isArray(value)) return facts;
  const { length } = value;
  const size = [0, 1, 10, 100, 299, 300].findIndex((most) => length <= most);
  return [
    ...facts,
    `${kind} map given ${sizes[size]} elements`,
    ...value.map((element) => `${kind} map of ${typeOf(element)}`),
  ];
}

function typeOf(value: unknown): string {
  if (value === undefined) return 'SQL null';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
