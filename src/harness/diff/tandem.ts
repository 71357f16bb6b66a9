/** One trace on two databases at once, side against side: what differs after each command. */
import type { BatchResult, Query, SqlDriver } from '../../sql/driver.ts';
import { DriverError } from '../../sql/driver.ts';
import { checkReset } from '../../sql/reset-failure.ts';
import type { AnyCommand } from '../contract/command.ts';
import { type Both, type DiffSupport, type SideName, sideNames } from '../contract/diff.ts';
import type { ExecutableRelease } from '../contract/engine.ts';
import type { Observation } from '../contract/observation.ts';
import { startOf, type Trace } from '../contract/trace.ts';
import { drawnUuid } from '../lockstep/drawn-uuid.ts';
import type { Place } from './places.ts';
import { reconcile } from './reconcile.ts';
import { type Answer, comparePlaces, isOneSidedRefusal } from './results.ts';
import type { SharedSchema } from './shared-schema.ts';
import { TableComparison } from './tables.ts';

/** A command after which something differs that did not before. */
export interface Parting {
  /** Position of the command in the trace, from 0. */
  readonly position: number;
  readonly type: string;
  /** At least one. */
  readonly places: readonly Place[];
  /** Whether the sides differed before it in something that it may depend on. */
  readonly isFollowing: boolean;
}

export interface TandemExecution {
  readonly commands: number;
  readonly partings: readonly Parting[];
  readonly interrupted: boolean;
}

/** What a page needs to know of a command: how things stood after it, and what was new in how the sides differ. */
export interface TandemMoment {
  readonly command: AnyCommand;
  /** In milliseconds since the epoch, as the answers' own. */
  readonly startedAt: number;
  readonly answers: Both<Answer>;
  /** In what both sides have. */
  readonly tables: Both<Observation>;
  readonly places: readonly Place[];
  /** What both hold once the second was given what the first has; nothing where there was no need. */
  readonly reconciled: Both<Observation> | undefined;
}

/** What is seen on the way. */
export interface TandemWatcher {
  onStart(tables: Both<Observation>): void;
  onMoment(moment: TandemMoment): void;
}

export interface TandemOptions {
  readonly release: ExecutableRelease<unknown, AnyCommand>;
  readonly support: DiffSupport;
  readonly schema: SharedSchema;
  readonly drivers: Both<SqlDriver>;
}

/** As {@link Lockstep} the housekeeping of the drivers runs after every so many resets. */
const maintainEvery = 200;

export class Tandem {
  readonly #options: TandemOptions;
  /** Columns of results that one side alone has: `start_tasks returns task_index`. */
  readonly returnedOnlyIn: Both<Set<string>> = { from: new Set(), to: new Set() };
  #traces = 0;

  constructor(options: TandemOptions) {
    this.#options = options;
  }

  /** Executes the whole trace from the state just after installing. Throws {@link DriverError}. */
  async execute(
    trace: Trace<AnyCommand>,
    signal?: AbortSignal,
    watcher?: TandemWatcher,
  ): Promise<TandemExecution> {
    const { release, support, schema } = this.#options;
    const startedAt = startOf(trace);
    const tables = new TableComparison(support, schema, {
      ...release.comparison,
      key: (table) => this.#keyOf(table),
    });
    const partings: Parting[] = [];
    let before = await this.#reset(startedAt);
    tables.next(before);
    watcher?.onStart(this.#shared(before));
    // Where one side waits longer, the other catches up with it.
    let clock = startedAt;
    for (const [position, { at, command }] of trace.commands.entries()) {
      if (signal?.aborted) return { commands: position, partings, interrupted: true };
      const batch = {
        at: Math.max(startedAt + at, clock),
        ...drawnUuid(release, trace.commands, position),
        queries: [release.call(command), ...release.observe],
      };
      const replies = await this.#both((driver) => driver.run(batch));
      clock = Math.max(replies.from.finishedAt, replies.to.finishedAt);
      const now = await this.#aligned(command, before, replies, clock);
      const isFollowing = tables.parted.length > 0;
      const answer = { from: this.#answer(command, replies.from), to: this.#answer(command, replies.to) };
      const answers = comparePlaces(
        answer.from,
        answer.to,
        release.comparison.resultIsOrdered(command),
        (one, other) => support.mayRefuseEither(command, one, other),
        (side, column) => this.returnedOnlyIn[side].add(`${command.type} returns ${column}`),
      );
      const effects = tables.next(now);
      // Where one side alone refuses, everything else is what the other did.
      const refused = answers.filter(isOneSidedRefusal);
      const places = refused.length > 0 ? refused : [...answers, ...effects];
      if (places.length > 0) partings.push({ position, type: command.type, places, isFollowing });
      const mustReconcile = places.length > 0 && tables.parted.length > 0;
      before = mustReconcile ? await this.#reconciled(tables, now, clock) : now;
      watcher?.onMoment({
        command,
        startedAt: batch.at,
        answers: answer,
        tables: this.#shared(now),
        places,
        reconciled: mustReconcile ? this.#shared(before) : undefined,
      });
    }
    return { commands: trace.commands.length, partings, interrupted: false };
  }

  #keyOf(table: string): readonly string[] {
    const { release, schema } = this.#options;
    const known = release.comparison.key(table);
    return known.length > 0 ? known : schema.keyOf(table);
  }

  #answer(command: AnyCommand, { results, finishedAt }: BatchResult): Answer {
    const { release, support, schema } = this.#options;
    if (results[0] === undefined) throw new DriverError('the driver answered a batch with no result');
    const result = release.readResult(command, results[0]);
    return { result: support.comparable(command, result, (table) => schema.oneSided(table)), finishedAt };
  }

  /** What both sides hold after the command, the second having given its ids to what the first gave them to. */
  async #aligned(
    command: AnyCommand,
    before: Both<Observation>,
    replies: Both<BatchResult>,
    at: number,
  ): Promise<Both<Observation>> {
    const { release, support, drivers } = this.#options;
    const read = ({ results }: BatchResult) => release.readObservation(results.slice(1));
    const now = { from: read(replies.from), to: read(replies.to) };
    if (!support.mayDrawIds(command)) return now;
    const queries = support.align(before.to, now.from, now.to);
    if (queries.length === 0) return now;
    const { results } = await drivers.to.run({ at, queries: [...queries, ...release.observe] });
    for (const result of results) {
      if (result.kind === 'failure') throw new DriverError(`ids cannot be aligned: ${result.message}`);
    }
    return { from: now.from, to: release.readObservation(results.slice(queries.length)) };
  }

  async #reconciled(tables: TableComparison, now: Both<Observation>, at: number): Promise<Both<Observation>> {
    const { release, support, schema, drivers } = this.#options;
    await reconcile(tables.parted, now, at, { support, schema, key: (table) => this.#keyOf(table), drivers });
    const { results } = await drivers.to.run({ at, queries: release.observe });
    const reconciled = { from: now.from, to: release.readObservation(results) };
    // What is left of the difference was told with the command.
    tables.next(reconciled);
    return reconciled;
  }

  /** Without what one side alone has, and what is not compared. */
  #shared(now: Both<Observation>): Both<Observation> {
    const { schema, support } = this.#options;
    const leftOut = new Set(support.leftOut.map(({ table }) => table));
    const sharedOf = (side: SideName, observation: Observation): Observation =>
      new Map(
        [...observation]
          .filter(([table]) => schema.isShared(table) && !leftOut.has(table))
          .map(([table, rows]) => [table, schema.trim(side, table, rows)]),
      );
    return { from: sharedOf('from', now.from), to: sharedOf('to', now.to) };
  }

  async #reset(startedAt: number): Promise<Both<Observation>> {
    const { release } = this.#options;
    const queries: Query[] = [...release.reset, ...release.observe];
    const replies = await this.#both((driver) => driver.run({ at: startedAt, restartClock: true, queries }));
    if (++this.#traces % maintainEvery === 0) await this.#both((driver) => driver.maintain?.());
    const observed = sideNames.map((side): [SideName, Observation] => {
      const { results } = replies[side];
      checkReset(results);
      return [side, release.readObservation(results.slice(release.reset.length))];
    });
    return Object.fromEntries(observed) as Record<SideName, Observation>;
  }

  async #both<T>(ask: (driver: SqlDriver) => Promise<T> | undefined): Promise<Both<T>> {
    const { drivers } = this.#options;
    const [from, to] = await Promise.all(sideNames.map((side) => ask(drivers[side])));
    return { from: from!, to: to! };
  }
}
