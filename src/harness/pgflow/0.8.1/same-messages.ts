/** A trace without some of its entries whose commands still mean the same messages, though these draw other ids. */
import { ModelBug } from '../../../model/kernel/assert.ts';
import type { PgflowCommand } from '../../../model/pgflow/0.8.1/commands.ts';
import { pgflow081 } from '../../../model/pgflow/0.8.1/machine.ts';
import type { PgflowState } from '../../../model/pgflow/0.8.1/state.ts';
import type { TraceEntry } from '../../contract/trace.ts';
import { uuidAt, withoutEntries } from '../shared/run-ids.ts';

type Entry = TraceEntry<PgflowCommand>;
type Placed = Entry & { readonly position: number };

/** As {@link withoutEntries}, with the ids of messages in `start_tasks` and others following their tasks. */
export function withoutEntriesOfMessages(
  entries: readonly Entry[],
  positions: ReadonlySet<number>,
): readonly Entry[] {
  const placed = entries.map((entry, position): Placed => ({ ...entry, position }));
  const rest = withoutEntries(placed, positions) as readonly Placed[];
  if (!rest.some(({ command }) => isAboutMessages(command))) return rest.map(unplaced);

  try {
    return followed(placed, rest);
  } catch (error) {
    // Executing it will provoke the same, where it is told and passed over.
    if (!(error instanceof ModelBug)) throw error;
    return rest.map(unplaced);
  }
}

function followed(placed: readonly Placed[], rest: readonly Placed[]): readonly Entry[] {
  const before = new Replay(placed);
  const after = new Replay(rest);
  const changed: Entry[] = [];
  for (const [index, { position, command, at }] of rest.entries()) {
    before.runUpTo(position);
    after.runUpTo(index);
    const moved = withMessages(command, (flow_slug, msg_id) => {
      const task = before.taskOf(flow_slug, msg_id);
      return task === undefined ? msg_id : (after.messageOf(flow_slug, task) ?? msg_id);
    });
    after.replace(index, moved);
    changed.push({ at, command: moved });
  }
  return changed;
}

const unplaced = ({ at, command }: Placed): Entry => ({ at, command });

const isAboutMessages = (command: PgflowCommand) => 'msg_ids' in command || 'msg_id' in command;

function withMessages(
  command: PgflowCommand,
  rename: (flow_slug: string, msg_id: number) => number,
): PgflowCommand {
  const flow_slug =
    'flow_slug' in command ? command.flow_slug : 'queue_name' in command && command.queue_name;
  if (!flow_slug) return command;
  if ('msg_ids' in command && command.msg_ids) {
    const msg_ids = command.msg_ids.map((id) => (id === null ? id : rename(flow_slug, id)));
    return { ...command, msg_ids } as PgflowCommand;
  }
  if ('msg_id' in command && typeof command.msg_id === 'number') {
    return { ...command, msg_id: rename(flow_slug, command.msg_id) } as PgflowCommand;
  }
  return command;
}

/** A trace on the model, as far as it was asked for. A run is known by the position of the entry that started it. */
class Replay {
  readonly #entries: Placed[];
  readonly #startedBy = new Map<string, number>();
  #state: PgflowState = pgflow081.initialState;
  #done = 0;
  #now = 0;

  constructor(entries: readonly Placed[]) {
    this.#entries = entries.slice();
  }

  replace(index: number, command: PgflowCommand): void {
    this.#entries[index] = { ...this.#entries[index]!, command };
  }

  /** Executes everything before that index. */
  runUpTo(index: number): void {
    for (; this.#done < index; this.#done++) {
      const { command, at, position } = this.#entries[this.#done]!;
      const now = Math.max(at, this.#now);
      const known = this.#state.runs.size;
      const uuid = uuidAt(this.#entries, this.#done);
      const { state, finishedAt } = pgflow081.transition(this.#state, command, { now, uuid });
      this.#state = state;
      this.#now = finishedAt;
      if (state.runs.size === known) continue;
      for (const { run_id } of state.runs.values()) {
        if (!this.#startedBy.has(run_id)) this.#startedBy.set(run_id, position);
      }
    }
  }

  /** Which task the message is, by names that do not change. */
  taskOf(flow_slug: string, msg_id: number): string | undefined {
    return this.#tasks(flow_slug).find(([, message_id]) => message_id === msg_id)?.[0];
  }

  messageOf(flow_slug: string, task: string): number | undefined {
    return this.#tasks(flow_slug).find(([name]) => name === task)?.[1];
  }

  #tasks(flow_slug: string): [task: string, message_id: number][] {
    const found: [string, number][] = [];
    for (const run of this.#state.runs.values()) {
      if (run.flow_slug !== flow_slug) continue;
      for (const { step_slug, tasks } of run.step_states) {
        for (const [index, { message_id }] of tasks.entries()) {
          found.push([`${this.#startedBy.get(run.run_id)} ${step_slug} ${index}`, message_id]);
        }
      }
    }
    return found;
  }
}
