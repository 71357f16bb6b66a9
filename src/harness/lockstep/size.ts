/** Whether what a trace makes of the tables can be compared: tried on the model alone, before a database is opened. */
import { SetupError } from '../../sql/setup-error.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { ModelFacet } from '../contract/model.ts';
import { startOf, type Trace } from '../contract/trace.ts';

/** Of all tables together. A page of what differs, which takes two databases, takes up to 1.9 GB of memory for as many. */
const mostRows = 80_000;
/** Counting all rows takes as long as many commands do. */
const countEvery = 100;
/** A command with arrays of so many elements may start as many tasks of each step. */
const wide = 100;

/** Throws SetupError for a trace that leaves more rows in the tables than can be compared. */
export function checkRows<State, Command extends AnyCommand>(
  model: Pick<ModelFacet<State, Command>, 'machine' | 'project' | 'uuid'>,
  trace: Trace<Command>,
  name = 'trace',
): void {
  const { commands } = trace;
  for (const { position, state } of statesOf(model, trace)) {
    const isDue = (position + 1) % countEvery === 0 || position === commands.length - 1;
    if (!isDue && elementsOf(commands[position]!.command) <= wide) continue;
    let rows = 0;
    for (const table of model.project(state).values()) rows += table.length;
    if (rows <= mostRows) continue;
    const { type } = commands[position]!.command;
    const [found, most] = [rows, mostRows].map((count) => count.toLocaleString('en-US'));
    throw new SetupError(
      `${name}: commands[${position}]: with ${type}, the tables have ${found} rows: at most ${most} are compared`,
    );
  }
}

/** After each command, in the model's own order. Ends before a command that the model breaks on: executing it tells more. */
function* statesOf<State, Command extends AnyCommand>(
  { machine, uuid }: Pick<ModelFacet<State, Command>, 'machine' | 'uuid'>,
  trace: Trace<Command>,
): Iterable<{ position: number; state: State }> {
  const startedAt = startOf(trace);
  let state = machine.initialState;
  let now = startedAt;
  for (const [position, { at, command }] of trace.commands.entries()) {
    const moment = { now: Math.max(startedAt + at, now), uuid: uuid(trace.commands, position) };
    try {
      ({ state, finishedAt: now } = machine.transition(state, command, moment));
    } catch {
      return;
    }
    yield { position, state };
  }
}

/** Of all arrays in it, however deep. */
function elementsOf(command: AnyCommand): number {
  let count = 0;
  const open: unknown[] = [command];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    const inside = Object.values(value);
    if (Array.isArray(value)) count += inside.length;
    for (const each of inside) open.push(each);
  }
  return count;
}
