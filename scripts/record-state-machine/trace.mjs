/** One trace on the original: each command, and what came of it. */
import { Process } from './process.mjs';
import { contextsOf, executionsOf, messagesOf, payloadOf, tables } from './seen.mjs';

const executor = 1;

export class Trace {
  #process;
  #start;
  #definitions = new Map();
  #run;
  #status = { status: 'running', words: null, output: undefined };
  #clock;
  #context = null;
  #store = {};
  #ids = [];
  #lastId = 0;
  #tasks = [];
  #sleeps = [];
  queue = [];

  constructor(program, folder, start) {
    this.#process = new Process(program, folder);
    this.#start = start;
  }

  /** Tasks that were created and not read. */
  get unread() {
    return this.#tasks.filter(({ isRead }) => !isRead);
  }
  /** Tasks that nobody completed. */
  get open() {
    return this.#tasks.filter(({ isCompleted }) => !isCompleted);
  }
  /** When the next Wait ends, in milliseconds since the trace began. */
  get due() {
    return Math.min(...this.#sleeps);
  }
  get hasPanicked() {
    return this.#status.status === 'panicked';
  }
  get isOver() {
    return this.hasPanicked || this.#status.status === 'deadlocked';
  }

  /** A handler comes back once. Of a process that has ended, it is known that it does nothing. */
  isPossible({ type, task_id }) {
    if (this.isOver) return this.hasPanicked && type === 'deliver';
    return type !== 'complete_task' || this.open.some((task) => task.task_id === task_id);
  }

  async execute(command, at) {
    if (this.hasPanicked) {
      const row = { kind: null, outcome: 'dead', words: null };
      return { result: { ok: true, rows: [row] }, tables: this.#tables() };
    }
    const [first] = this.queue;
    const handlers = this.#handlers(command);
    const seen = await this.#process.ask({ ...command, at: this.#start + at, handlers });
    if (seen.queue) this.#look(seen, command.type === 'deliver');
    const row = this.#take(command, at, seen, first);
    const result =
      command.type === 'create_machine' && seen.refusal
        ? { ok: false, refusal: { sqlstate: 'P0001', message: seen.refusal } }
        : { ok: true, rows: row };
    return { result, tables: this.#tables() };
  }

  end() {
    return this.#process.end();
  }

  #handlers({ type, machine, handlers }) {
    return type === 'run' ? (handlers ?? resourcesOf(this.#definitions.get(machine))) : undefined;
  }

  #look({ queue, clock, context, store, called }, isDelivery) {
    this.#ids = this.#ids.slice(isDelivery ? 1 : 0);
    while (this.#ids.length < queue.length) this.#ids.push(++this.#lastId);
    this.queue = queue;
    this.#clock = clock;
    this.#context = context;
    this.#store = store;
    for (const task of (called ?? []).slice(this.#tasks.length)) {
      const { id: task_id, resource, input } = payloadOf({ kind: 'CreateTask', payload: task });
      this.#tasks.push({ msg_id: this.#tasks.length + 1, task_id, resource, input });
    }
  }

  #take(command, at, seen, first) {
    switch (command.type) {
      case 'create_machine':
        this.#definitions.set(command.machine, command.definition);
        return [{ create_machine: '' }];
      case 'run':
        this.#run = command;
        return [{ executor, id: payloadOf(this.queue[0]).id }];
      case 'deliver':
        return [this.#delivered(at, seen, first)];
      case 'duplicate':
        return [{ kind: first?.kind ?? null }];
      case 'complete_task':
        this.open.find(({ task_id }) => task_id === command.task_id).isCompleted = true;
        return [{ outcome: seen.waits ? 'waits' : 'sent' }];
      case 'read_tasks': {
        const read = this.unread.slice(0, command.qty);
        for (const task of read) task.isRead = true;
        return read.map(({ msg_id, task_id, resource, input }) => ({
          ...{ msg_id, read_ct: 1, executor, task_id, resource, input },
        }));
      }
      case 'tick':
        this.#sleeps = this.#sleeps.filter((due) => due > at);
        return [{ tick: null }];
      case 'hlc_update':
        return [{ wall: this.#clock.WallTime, logical: this.#clock.Logical }];
      case 'parse_timestamp':
        return [{ wall: seen.value.WallTime, logical: seen.value.Logical }];
      default:
        return [{ value: String(seen.value) }];
    }
  }

  #delivered(at, seen, first) {
    if (first === undefined) return { kind: null, outcome: 'nothing', words: null };
    const { kind } = first;
    if (seen.panic !== undefined) {
      Object.assign(this.#status, { status: 'panicked', words: seen.panic });
      Object.assign(this, { queue: [] });
      this.#ids = [];
      this.#clock = seen.clock;
      this.#store = seen.store;
      return { kind, outcome: 'panic', words: seen.panic };
    }
    if (seen.deadlock) {
      this.#status.status = 'deadlocked';
      return { kind, outcome: 'deadlock', words: null };
    }
    if (kind === 'CompleteExecution' && seen.done)
      Object.assign(this.#status, { status: 'done', ...payloadOf(first) });
    if (kind === 'CreateTask' && first.payload.Resource === '__sleep') this.#sleeps.push(at + 5000);
    return { kind, outcome: 'done', words: null };
  }

  #tables() {
    if (!this.#run) return new Map(Object.keys(tables).map((name) => [name, []]));
    const { machine, handlers } = this.#run;
    const { WallTime: wall, Logical: logical } = this.#clock;
    const own = { executor, machine, handlers: handlers ? `{${handlers.join(',')}}` : null, wall, logical };
    return new Map([
      ['asl.executors', [{ ...own, ...this.#status }]],
      ['asl.messages', messagesOf(this.queue, this.#ids)],
      ['asl.executions', executionsOf(this.#context)],
      ...contextsOf(this.#store),
    ]);
  }
}

/** What all tasks of a machine ask for. */
function resourcesOf(definition) {
  const found = new Set();
  const look = (value) => {
    if (typeof value !== 'object' || value === null) return;
    if (value.Type === 'Task' && value.Resource !== '__sleep') found.add(value.Resource ?? '');
    Object.values(value).forEach(look);
  };
  look(definition);
  return [...found];
}
