/** What random traces of 0.8.1 hold beyond the branches that have a name: sizes, types, and workers that share. */
import { expect, test } from 'vitest';
import { generateTrace } from '../../../src/harness/campaign/generate.ts';
import { startOf } from '../../../src/harness/contract/trace.ts';
import { pgflow081UnderTest as release } from '../../../src/harness/pgflow/0.8.1/release.ts';
import type { PgflowCommand } from '../../../src/model/pgflow/0.8.1/commands.ts';
import type { PgflowState } from '../../../src/model/pgflow/0.8.1/state.ts';

const seed = 1;
const samples = 1000;

const sizes = ['0', '1', '2 to 10', '11 to 100', '101 to 299', '300'];
const types = ['SQL null', 'null', 'boolean', 'number', 'string', 'object', 'array'];

const { inputs, workers, branches, chains } = seen();

test('generated maps of both kinds are given 0 to 300 elements and values of every type', () => {
  for (const kind of ['root', 'later']) {
    for (const type of types) expect(inputs, `seed ${seed}`).toContain(`${kind} map given ${type}`);
    for (const size of sizes) expect(inputs, `seed ${seed}`).toContain(`${kind} map given ${size} elements`);
    for (const type of types.slice(1)) expect(inputs, `seed ${seed}`).toContain(`${kind} map of ${type}`);
  }
});

test('three workers start tasks from one queue in one sample', () => {
  expect(workers, `seed ${seed}`).toBe(3);
});

test('generated chains of empty maps are as long as the cascade goes, and longer, from both kinds of first step', () => {
  for (const first of ['map', 'single']) {
    for (const end of ['49 maps completed', '50 maps refused']) {
      expect(chains, `seed ${seed}`).toContain(`${first} first: ${end}`);
    }
  }
});

test.each([
  ['callbacks that come late or twice', 'complete_task/task-completed'],
  ['callbacks that come late or twice', 'complete_task/announced-again'],
  ['callbacks that come late or twice', 'fail_task/task-completed'],
  ['callbacks after the end of the run', 'complete_task/in-a-failed-run'],
  ['callbacks after the end of the run', 'fail_task/in-a-failed-run-task-started'],
  ['callbacks before the start of the task', 'complete_task/task-queued'],
  ['outputs of the wrong type', 'complete_task/type-violation-of-started'],
  ['outputs of the wrong type for two maps', 'complete_task/type-violation-for-several'],
  ['maps that complete without a task, wave after wave', 'cascade_complete_taskless_steps/second-wave'],
  ['steps with a start delay', 'start_ready_steps/delayed'],
  ['workers that are to stop', 'start_tasks/deprecated-worker'],
  ['workers that nobody registered', 'start_tasks/refused/step_tasks_last_worker_id_fkey'],
])('there are %s: %s in one sample of a hundred', (_, branch) => {
  expect(branches.get(branch) ?? 0, `samples of ${samples}, seed ${seed}`).toBeGreaterThanOrEqual(
    samples / 100,
  );
});

interface Seen {
  /** Everything that maps were given. */
  readonly inputs: ReadonlySet<string>;
  /** How many workers started tasks of the same flow in one sample. */
  readonly workers: number;
  /** How many samples reached each branch. */
  readonly branches: ReadonlyMap<string, number>;
  /** How chains of maps over nothing began, and ended. */
  readonly chains: ReadonlySet<string>;
}

function seen(): Seen {
  const inputs = new Set<string>();
  const branches = new Map<string, number>();
  const chains = new Set<string>();
  let workers = 0;
  for (let index = 0; index < samples; index++) {
    const trace = generateTrace(release, { seed, index, maxCommands: 60 });
    const startedAt = startOf(trace);
    const starters = new Map<string, Set<string>>();
    const reached = new Set<string>();
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
      for (const branch of outcome.reached) reached.add(branch);
      const chain = chainOf(state, outcome);
      if (chain) chains.add(chain);
      state = outcome.state;
      now = outcome.finishedAt;
    }
    for (const branch of reached) branches.set(branch, (branches.get(branch) ?? 0) + 1);
  }
  return { inputs, workers, branches, chains };
}

/** Of the one flow that such a sample has. */
function chainOf(
  { flows }: PgflowState,
  { reached, result }: Pick<ReturnType<typeof release.machine.transition>, 'reached' | 'result'>,
): string | undefined {
  const [flow] = flows.values();
  const first = flow?.steps[0]?.step_type;
  const waves = reached.filter((branch) => branch === 'cascade_complete_taskless_steps/completed').length;
  if (waves === 49 && result.ok) return `${first} first: 49 maps completed`;
  if (reached.includes('cascade_complete_taskless_steps/safety-limit'))
    return `${first} first: 50 maps refused`;
  return undefined;
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
