/** Model against SQL after a command of a simulation, to the last column, as the lockstep compares them. */
import type { SideAfter } from '../lockstep/lockstep.ts';
import { SimulationError } from './simulation-error.ts';

export interface Agreement {
  /** The columns that tell the rows of a table apart. */
  readonly key: (table: string) => readonly string[];
  /** Whose fault it is if they disagree: `which is a bug of pgtwin`. */
  readonly whose: string;
}

/** As many places as are shown of those that differ. */
const mostShown = 10;

/** What compares; loaded on demand, as whoever simulates on the model alone does not need it. */
export async function loadAgreement({ key, whose }: Agreement) {
  const { compareInstants, compareObservations, compareResults } = await import('../lockstep/comparison.ts');
  /** @throws SimulationError where they disagree */
  return (command: unknown, model: SideAfter, sql: SideAfter, isOrdered: boolean): void => {
    const differences = [
      ...compareResults(model.result, sql.result, isOrdered),
      ...compareInstants(model.finishedAt, sql.finishedAt),
      ...compareObservations(model.tables, sql.tables, { key, loose: [] }),
    ];
    if (differences.length === 0) return;
    const places = differences
      .slice(0, mostShown)
      .map((each) => `  ${each.where}  model ${printed(each.model)}  sql ${printed(each.sql)}`);
    throw new SimulationError(
      `the SQL and the model disagree, ${whose}\nafter ${JSON.stringify(command)}\n${places.join('\n')}`,
    );
  };
}

const printed = (value: unknown) => (typeof value === 'symbol' ? 'absent' : JSON.stringify(value));
