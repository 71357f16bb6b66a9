/** The page of a run: what `replay` shows of a trace, here of one run and with the simulation as its only side. */
import type { Row } from '../../../../model/kernel/transition.ts';
import { pgflow081 } from '../../../../model/pgflow/0.8.1/machine.ts';
import type { PgflowState } from '../../../../model/pgflow/0.8.1/state.ts';
import type { Observation } from '../../../contract/observation.ts';
import type { PageInput, PageMoment } from '../../../report/html/page-input.ts';
import { isCommand } from '../../../twin/log.ts';
import { SimulationError, shown } from '../../../twin/simulation-error.ts';
import { stateWith } from '../backend/backend.ts';
import type { Engine } from '../engine/engine.ts';
import { Retelling, type Told } from './retelling.ts';
import type { SimulatedRun } from './run.ts';
import { concernsRun, sentenceOf, type TimelineEntry } from './timeline.ts';

/** What happened by a command, or besides, and how things stood then. */
interface Moment extends Told {
  readonly lines: readonly TimelineEntry[];
  readonly state: PgflowState;
}

/** As many rows as all moments of a page may have together: some megabytes. */
const mostRows = 100_000;
const mostMoments = 2000;
const leastMoments = 10;

/** @throws SimulationError where the file cannot be written */
export async function writeRunPage(file: string, engine: Engine, run: SimulatedRun): Promise<void> {
  if (typeof file !== 'string' || file === '') {
    throw new SimulationError(`the file of report() is ${shown(file)}: expected a path`);
  }
  const [{ writePageFile }, { SetupError }] = await Promise.all([
    import('../../../evidence/files.ts'),
    import('../../../../sql/setup-error.ts'),
  ]);
  const page = await pageOf(engine, run);
  try {
    await writePageFile(file, page);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    throw new SimulationError(`the file of report(), ${error.message}`);
  }
}

async function pageOf(engine: Engine, run: SimulatedRun): Promise<PageInput> {
  const [{ project }, { keyOf }, { pgflowDrawing }, { pgtwinVersion }] = await Promise.all([
    import('../../0.8.1/projection.ts'),
    import('../../shared/keys.ts'),
    import('../../shared/drawing.ts'),
    import('../../../contract/version.ts'),
  ]);
  const tablesOf = (state: PgflowState) => ofRun(project(state), run.id);
  const begun = stateWith(engine.flow, engine.startedAt);
  const all = momentsOf(engine, run);
  const rows = [...tablesOf(all.at(-1)?.state ?? begun).values()].reduce(
    (sum, { length }) => sum + length,
    0,
  );
  // The end is where the trouble is.
  const kept = all.slice(-Math.min(mostMoments, Math.max(leastMoments, Math.floor(mostRows / rows))));
  const leftOut = all.length - kept.length;
  const before = leftOut === 0 ? begun : all[leftOut - 1]!.state;
  return {
    ...headline(engine, run),
    facts: [
      ['pgflow', '0.8.1'],
      ['flow', engine.flow.slug],
      ['run', run.id],
      ['backend', engine.options.backend],
      ['pgtwin', pgtwinVersion],
      ['begins', new Date(engine.startedAt).toISOString()],
    ],
    reason: run.stuck && sentence(run.stuck.reason),
    remarks: [
      ...(leftOut === 0 ? [] : [`This page does not show the first ${leftOut} of ${all.length} moments.`]),
      ...engine.warnings
        .filter((warning) => warning.run === run.number)
        .map(({ step, attempt, message }) => `Warning of ${step}, attempt ${attempt}: ${message}`),
    ],
    replay: null,
    startedAt: engine.startedAt,
    sides: ['simulation'],
    key: keyOf,
    drawing: pgflowDrawing,
    initial: tablesOf(before),
    moments: kept.map((moment) => shownMoment(moment, tablesOf(moment.state))),
  };
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function headline(engine: Engine, run: SimulatedRun): Pick<PageInput, 'title' | 'tone'> {
  const name = `Run ${run.number} of ${engine.flow.slug}`;
  if (run.stuck)
    return { title: `${name} is stuck: ${run.stuck.deviation ?? 'it will never end'}`, tone: 'bad' };
  switch (run.status) {
    case 'completed':
      return { title: `${name} has completed.`, tone: 'good' };
    case 'failed':
      return { title: `${name} has failed: ${shown(run.error, 200)}`, tone: 'bad' };
    case 'started':
      return { title: `${name} has not ended yet.`, tone: 'plain' };
    case 'scheduled':
      return { title: `${name} has not started${run.refusal ? ': it was refused' : ' yet'}.`, tone: 'plain' };
  }
}

/** What concerns the run. */
function momentsOf(engine: Engine, { number, id }: SimulatedRun): Moment[] {
  const retelling = new Retelling(engine, { keepsBroadcasts: true });
  const { timeline } = retelling.chronicle;
  const moments: Moment[] = [];
  for (let from = 0, told = retelling.next(); told !== undefined; told = retelling.next()) {
    const lines = timeline.slice(from).filter((entry) => concernsRun(entry, number));
    from = timeline.length;
    const result = told.outcome?.result;
    const returned = result?.ok === true && result.rows.some((row) => runOf(row) === id);
    if (lines.length > 0 || returned || isAboutWorkers(told)) {
      moments.push({ ...told, lines, state: retelling.state });
    }
  }
  return moments;
}

const isAboutWorkers = ({ entry }: Told) =>
  isCommand(entry) && (entry.command.type === 'insert_worker' || entry.command.type === 'deprecate_worker');

function shownMoment({ at, entry, outcome, lines }: Moment, tables: Observation): PageMoment {
  const sentences = lines.map((line) => sentenceOf(line, true)).join(' · ');
  return {
    at,
    // What is no command of the database stands among them as a comment.
    sql: isCommand(entry) ? pgflow081.describe(entry.command) : `-- ${sentences}`,
    note: isCommand(entry) ? sentences : '',
    branches: outcome?.reached ?? [],
    sides: [
      { result: outcome?.result ?? { ok: true, rows: [] }, finishedAt: outcome?.finishedAt ?? at, tables },
    ],
    differences: [],
  };
}

/** Without what belongs to another run. */
function ofRun(tables: Observation, run_id: string): Observation {
  const isOfRun = (row: Row) => (runOf(row) ?? run_id) === run_id;
  return new Map([...tables].map(([table, rows]) => [table, rows.filter(isOfRun)]));
}

const topic = 'pgflow:run:';

/** The run that a row is about: its own column, or that of the message or the broadcast that it is. */
function runOf({ run_id, message, topic: to }: Row): unknown {
  if (run_id !== undefined) return run_id;
  if (typeof to === 'string' && to.startsWith(topic)) return to.slice(topic.length);
  return (message as { run_id?: unknown } | null | undefined)?.run_id;
}
