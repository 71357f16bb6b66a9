/** A small engine, counters by name, and a database of it in memory: enough to try the harness on without a database. */
import fc from 'fast-check';
import { z } from 'zod';
import type { Engine, TestedRelease } from '../../../src/harness/contract/engine.ts';
import type { TraceEntry } from '../../../src/harness/contract/trace.ts';
import { ModelBug } from '../../../src/model/kernel/assert.ts';
import type { Machine } from '../../../src/model/kernel/machine.ts';
import { checkViolation, raised, type SqlError } from '../../../src/model/kernel/sql-error.ts';
import type { Row } from '../../../src/model/kernel/transition.ts';
import type { Batch, BatchResult, QueryResult, RowSet, SqlDriver } from '../../../src/sql/driver.ts';
import { readRows } from '../../../src/sql/rows.ts';

const name = z.string();
const commandSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('create'), name }),
  z.strictObject({ type: z.literal('add'), name, amount: z.int() }),
  z.strictObject({ type: z.literal('wait'), ms: z.int().min(0) }),
  z.strictObject({ type: z.literal('list') }),
]);
export type ToyCommand = z.infer<typeof commandSchema>;

interface Counter {
  readonly value: number;
  readonly changed_at: number;
}
export type ToyState = ReadonlyMap<string, Counter>;

/** How the database is made to differ from the model: what it stores in place of the sum. */
export type ToyBug = (sum: number, command: ToyCommand & { type: 'add' }) => number;

const refused = (refusal: SqlError) => ({ ok: false, refusal }) as const;
const rowsOf = (state: ToyState): Row[] =>
  [...state].map(([name, counter]) => ({ name, ...counter })).sort((a, b) => (a.name < b.name ? -1 : 1));

export const toyMachine: Machine<ToyState, ToyCommand, unknown> = {
  initialState: new Map(),
  witnesses: ['create', 'create/again', 'add', 'add/missing', 'add/below-zero', 'wait', 'list'],
  invariants: [
    {
      title: 'a counter is never negative',
      violation: (state) => [...state.values()].find(({ value }) => value < 0)?.value.toString(),
    },
  ],
  describe: (command) => `select toy.${command.type}(${JSON.stringify(command)})`,
  transition(state, command, { now }) {
    const end = (reached: string, after: ToyState, rows: readonly Row[] = [], finishedAt = now) => ({
      state: after,
      result: { ok: true, rows } as const,
      events: [],
      finishedAt,
      reached: [reached],
    });
    const refuse = (reached: string, refusal: SqlError) => ({
      ...end(reached, state),
      result: refused(refusal),
    });
    switch (command.type) {
      case 'create':
        if (state.has(command.name))
          return refuse('create/again', { sqlstate: '23505', constraint: 'counters_pkey' });
        return end('create', new Map(state).set(command.name, { value: 0, changed_at: now }));
      case 'add': {
        const counter = state.get(command.name);
        if (!counter) return refuse('add/missing', raised(`no counter ${command.name}`));
        const value = counter.value + command.amount;
        if (value < 0) return refuse('add/below-zero', checkViolation('counters_value_check'));
        if (command.amount === 13) throw new ModelBug('thirteen');
        return end('add', new Map(state).set(command.name, { value, changed_at: now }), [{ value }]);
      }
      case 'wait':
        return end('wait', state, [], now + command.ms);
      case 'list':
        return end('list', state, rowsOf(state));
    }
  },
};

const columns = [
  { name: 'name', type: 25 },
  { name: 'value', type: 23 },
  { name: 'changed_at', type: 1184 },
];
const printTime = (at: number) => new Date(at).toISOString().replace('T', ' ').replace('Z', '+00');

export interface ToyDriverOptions {
  readonly bug?: ToyBug | undefined;
  /** Called before every batch; what it throws is the driver breaking. */
  readonly before?: ((batch: Batch) => void | Promise<void>) | undefined;
}

/** The database: written apart from the model, answers in Postgres' text format. */
export function openToyDriver(options: ToyDriverOptions = {}): SqlDriver & { readonly isClosed: boolean } {
  const table = new Map<string, { value: number; at: number }>();
  let clock = 0;
  let queue: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  const printed = (order: 1 | -1): RowSet => ({
    kind: 'rows',
    columns,
    rows: [...table.keys()]
      .sort((a, b) => (a < b ? -order : order))
      .map((key) => {
        const { value, at } = table.get(key)!;
        return [key, String(value), printTime(at)];
      }),
  });
  const none: RowSet = { kind: 'rows', columns: [], rows: [] };

  function call(command: ToyCommand): QueryResult {
    switch (command.type) {
      case 'create':
        if (table.has(command.name)) {
          const constraint = 'counters_pkey';
          return { kind: 'failure', sqlstate: '23505', constraint, message: 'duplicate key value' };
        }
        table.set(command.name, { value: 0, at: clock });
        return none;
      case 'add': {
        const row = table.get(command.name);
        if (!row) return { kind: 'failure', sqlstate: 'P0001', message: `no counter ${command.name}` };
        const sum = row.value + command.amount;
        if (sum < 0) {
          const constraint = 'counters_value_check';
          return { kind: 'failure', sqlstate: '23514', constraint, message: 'new row violates check' };
        }
        row.value = options.bug ? options.bug(sum, command) : sum;
        row.at = clock;
        return { kind: 'rows', columns: [columns[1]!], rows: [[String(row.value)]] };
      }
      case 'wait':
        clock += command.ms;
        return none;
      case 'list':
        // No order is promised, so it is another one than the model's.
        return printed(-1);
    }
  }

  async function run(batch: Batch): Promise<BatchResult> {
    await options.before?.(batch);
    clock = batch.restartClock ? batch.at : Math.max(clock, batch.at);
    let finishedAt: number | undefined;
    const results = batch.queries.map(({ text, params }): QueryResult => {
      if (text === 'reset') table.clear();
      const result = text === 'call' ? call(JSON.parse(params![0]!)) : text === 'observe' ? printed(1) : none;
      finishedAt ??= clock;
      return result;
    });
    return { finishedAt: finishedAt ?? clock, results };
  }

  return {
    versions: { postgres: '0.0', toy: '1' },
    get isClosed() {
      return isClosed;
    },
    run(batch) {
      const answer = queue.then(() => run(batch));
      queue = answer.catch(() => {});
      return answer;
    },
    async script() {},
    async close() {
      isClosed = true;
    },
  };
}

const names = fc.constantFrom('a', 'b', 'c');
const command: fc.Arbitrary<ToyCommand> = fc.oneof(
  fc.record({ type: fc.constant('create' as const), name: names }),
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('add' as const),
      name: names,
      amount: fc.integer({ min: -5, max: 12 }),
    }),
  },
  fc.record({ type: fc.constant('wait' as const), ms: fc.nat(5000) }),
  fc.record({ type: fc.constant('list' as const) }),
);

/** As its documentation says it: 10 are the most. */
const documentedMachine: typeof toyMachine = {
  ...toyMachine,
  transition(state, command, circumstances) {
    const outcome = toyMachine.transition(state, command, circumstances);
    const tooMuch = [...outcome.state.values()].some(({ value }) => value > 10);
    const refusal = checkViolation('counters_value_check');
    return tooMuch ? { ...outcome, state, result: refused(refusal) } : outcome;
  },
};

export const toyRelease: TestedRelease<ToyState, ToyCommand> = {
  engine: 'toy',
  release: '2.0.0',
  machine: toyMachine,
  parseCommand: (value) => commandSchema.parse(value),
  commandJsonSchema: () => z.toJSONSchema(commandSchema),
  project: (state) => new Map([['toy.counters', rowsOf(state)]]),
  asDocumented: () => ({ ...toyRelease, machine: documentedMachine }),
  installation: async ({ migrations }) => ({
    scripts: [{ name: 'toy.sql', sql: migrations ?? 'select 1' }],
    migrations: 1,
    remarks: migrations ? [`read from ${migrations}`] : [],
  }),
  call: (each) => ({ text: 'call', params: [JSON.stringify(each)] }),
  observe: [{ text: 'observe' }],
  readObservation: ([counters]) => new Map([['toy.counters', readRows(counters as RowSet)]]),
  readResult: (_, result) => {
    if (result.kind === 'rows') return { ok: true, rows: readRows(result) };
    if (result.kind === 'expanded') throw new Error('no query of the toy expands');
    const { kind: _kind, ...refusal } = result;
    return { ok: false, refusal };
  },
  reset: [{ text: 'reset' }],
  comparison: {
    key: () => ['name'],
    resultIsOrdered: () => false,
    loose: [],
  },
  order: () => (members) => members,
  arbitraryEntry: () => fc.record({ wait: fc.constantFrom(0, 1, 1500), command }),
  *simplify(each) {
    if (each.type === 'add' && each.amount > 1) {
      yield { ...each, amount: Math.floor(each.amount / 2) };
      yield { ...each, amount: each.amount - 1 };
    }
  },
  without: (entries, positions) => entries.filter((_, i) => !positions.has(i)),
  uuid: (_, position) => `00000000-0000-4000-8000-${String(position).padStart(12, '0')}`,
  toPsql: (trace) => trace.commands.map((entry) => `${toyMachine.describe(entry.command)};\n`).join(''),
};

const beyondTen: readonly TraceEntry<ToyCommand>[] = [
  { at: 0, command: { type: 'create', name: 'a' } },
  { at: 5, command: { type: 'add', name: 'a', amount: 11 } },
];

export const toyEngine: Engine = {
  name: 'toy',
  releases: [toyRelease],
  deviations: [
    {
      id: 'counters-have-no-end',
      title: 'A counter goes beyond ten.',
      documented: { says: 'Ten is the most.', where: 'toy 2.0.0, manual' },
      happens: 'Nothing asks.',
      upstream: ['toy/toy#7'],
      traces: {
        '2.0.0': beyondTen,
      },
    },
  ],
  tellRelease: (files) => (files.includes('2.sql') ? '2.0.0' : undefined),
};
