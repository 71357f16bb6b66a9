/** Jobs drawn: the activities of each flow, with their ledgers digit by digit; and ledgers that no job has. */
import type { Row } from '../../model/kernel/transition.ts';
import type { Drawing, DrawnGraph, DrawnRun, DrawnState, DrawnStatus } from '../contract/drawing.ts';
import type { Observation } from '../contract/observation.ts';

/** What a ledger's number looks like, in groups that belong together, and what that means. */
export interface DrawnLedger {
  readonly groups: string;
  readonly status: DrawnStatus;
}
type Draw = (value: number) => DrawnLedger;

const columns: Readonly<Record<string, 'instant' | 'jsonb'>> = {
  due: 'instant',
  expires_at: 'instant',
  dimensions: 'jsonb',
  flows: 'jsonb',
};

/** Ledgers alone, of which no flow is known. */
const alone = 'ledgers';

export const drawingOf = (draw: Draw): Drawing => ({
  graphs,
  runs: (observation) => runs(observation, draw),
  queues: () => [],
  columnType: (column) => columns[column] ?? 'other',
});

const rowsOf = (observation: Observation, table: string): readonly Row[] =>
  observation.get(`ledger.${table}`) ?? [];

const nameOf = ({ jid, aid, dad }: Row) => `${jid} ${aid} ${dad}`;

/** Of those, no activity is deployed. */
function strangers(observation: Observation): readonly Row[] {
  const known = new Set(rowsOf(observation, 'activities').map(({ aid }) => aid));
  return rowsOf(observation, 'activity_ledgers').filter(({ aid }) => !known.has(aid));
}

function graphs(observation: Observation): readonly DrawnGraph[] {
  const activities = rowsOf(observation, 'activities');
  const flows = rowsOf(observation, 'flows').map(({ flow }) => {
    const own = activities
      .filter((each) => each.flow === flow)
      .map(({ aid, kind }) => ({ id: `${aid}`, kind: `${kind}` }));
    const names = new Set(own.map(({ id }) => id));
    const edges = rowsOf(observation, 'transitions').map(({ parent, child }) => ({
      from: `${parent}`,
      to: `${child}`,
    }));
    return { id: `${flow}`, nodes: own, edges: edges.filter(({ from }) => names.has(from)) };
  });
  const others = strangers(observation);
  if (others.length === 0) return flows;
  return [...flows, { id: alone, nodes: others.map((each) => ({ id: nameOf(each), kind: '' })), edges: [] }];
}

function runs(observation: Observation, draw: Draw): readonly DrawnRun[] {
  const ledgers = rowsOf(observation, 'activity_ledgers');
  const jobs = rowsOf(observation, 'jobs')
    .filter(({ flow }) => flow !== null)
    .map(
      (job): DrawnRun => ({
        id: `${job.jid}`,
        graph: `${job.flow}`,
        status: statusOf(job),
        nodes: statesOf(
          ledgers.filter(({ jid }) => jid === job.jid),
          draw,
          ({ aid }) => `${aid}`,
        ),
      }),
    );
  const others = strangers(observation);
  if (others.length === 0) return jobs;
  return [...jobs, { id: alone, graph: alone, status: 'started', nodes: statesOf(others, draw, nameOf) }];
}

const statusOf = ({ status, error_code }: Row): DrawnStatus =>
  Number(status) > 0 ? 'started' : error_code === null ? 'completed' : 'failed';

/** Of an activity that was cycled, the last round is shown, and how many there are. */
function statesOf(
  ledgers: readonly Row[],
  draw: Draw,
  name: (ledger: Row) => string,
): ReadonlyMap<string, DrawnState> {
  const states = new Map<string, DrawnState>();
  const rounds = new Map<string, number>();
  for (const ledger of ledgers) {
    const id = name(ledger);
    const count = (rounds.get(id) ?? 0) + 1;
    rounds.set(id, count);
    const { status, groups } = draw(Number(ledger.value));
    states.set(id, { status, note: count > 1 ? `${groups} (${ledger.dad})` : groups });
  }
  return states;
}
