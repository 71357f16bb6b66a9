/** Branches of a Parallel and iterations of a Map: each is run by itself, as if alone. The first that fails ends the others. */
import type { StateJson } from '../../../src/model/state-machine/states-language/language/definition.ts';
import { selectedAs } from './paths.ts';
import { canonical, type Json } from './values.ts';
import { cut, type Visit } from './visits.ts';
import type { Ended, Failure, World } from './world.ts';

type Failed = Extract<Ended, { failure: Failure }>;
const hasFailed = (ended: Ended): ended is Failed => 'failure' in ended;

export function runBranches(branches: readonly (() => Ended)[], at: number, world: World): Ended {
  const ended = branches.map((run) => run());
  const first = Math.min(...ended.filter(hasFailed).map((each) => each.at));
  if (first < Number.POSITIVE_INFINITY) return brokenOff(ended, first, world);
  return {
    at: Math.max(at, ...ended.map((each) => each.at)),
    visits: ended.flatMap(({ visits }) => visits),
    output: ended.map((each) => ('output' in each ? each.output : null)),
  };
}

/** The failure of the first that failed, at this instant, or another that comes of it (`more`). */
function brokenOff(ended: readonly Ended[], at: number, world: World, more?: Failure, inTurn = false): Ended {
  const failed = ended.filter((each): each is Failed => hasFailed(each) && each.at === at);
  const causes = more ? failed.filter(({ failure }) => failure.isFatal) : failed;
  const all = [...causes.map(({ failure }) => failure), ...(more ? [more] : [])];
  const failures = [...all.filter(({ isFatal }) => isFatal), ...all.filter(({ isFatal }) => !isFatal)];
  const distinct = [...new Map(failures.map((each) => [canonical({ ...each }), each])).values()];
  const failure = distinct.length === 1 ? distinct[0]! : distinct[world.pick(distinct.length)]!;
  const isAlone = failed.length === 1;
  const visits = ended.flatMap((each): readonly Visit[] =>
    inTurn || (isAlone && each === failed[0]) ? each.visits : cut(each.visits, at),
  );
  return { at, visits, failure };
}

const isCount = (value: Json): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 99_999_999;
const isPercentage = (value: Json): value is number =>
  typeof value === 'number' && value >= 0 && value <= 100;

/** How many at once, and how many may fail; undefined where none may. */
export interface Limits {
  readonly concurrency: number;
  readonly isTooMany: ((failed: number, all: number) => boolean) | undefined;
}

/** @throws States.Runtime where a path selects what is no such number */
export function limitsOf(state: StateJson, input: Json, context: Json): Limits {
  const roots = { input, context };
  const given = (field: keyof StateJson & string, isKind: (value: Json) => value is number) => {
    const path = state[`${field}Path` as keyof StateJson] as string | undefined;
    if (path !== undefined) return selectedAs(`${field}Path`, path, roots, isKind);
    return state[field] as number | undefined;
  };
  const concurrency = given('MaxConcurrency', isCount);
  const count = given('ToleratedFailureCount', isCount);
  const percentage = given('ToleratedFailurePercentage', isPercentage);
  return {
    concurrency: concurrency || Number.POSITIVE_INFINITY,
    isTooMany:
      count === undefined && percentage === undefined
        ? undefined
        : (failed, all) => failed > (count ?? all) || failed * 100 > (percentage ?? 100) * all,
  };
}

/** Iterations begin in order, as soon as there is room for them. */
export function runIterations(
  iterations: readonly ((at: number) => Ended)[],
  from: number,
  { concurrency, isTooMany }: Limits,
  world: World,
): Ended {
  const begun: Ended[] = [];
  const running = new Set<number>();
  let now = from;
  let failures = 0;
  for (;;) {
    while (running.size < concurrency && begun.length < iterations.length) {
      running.add(begun.length);
      begun.push(iterations[begun.length]!(now));
    }
    if (running.size === 0) break;
    now = Math.min(...[...running].map((i) => begun[i]!.at));
    if (now === Number.POSITIVE_INFINITY) break;
    const due = [...running].filter((i) => begun[i]!.at === now);
    // What succeeds makes room for others, which may fail at this very instant: so it comes first.
    const next =
      due.find((i) => !hasFailed(begun[i]!)) ??
      due.find((i) => isTooMany && !(begun[i] as Failed).failure.isFatal) ??
      due[0]!;
    const ended = begun[next]!;
    if (hasFailed(ended)) {
      if (!isTooMany || ended.failure.isFatal)
        return brokenOff(begun, now, world, undefined, concurrency === 1);
      if (isTooMany(++failures, iterations.length))
        return brokenOff(begun, now, world, exceeded, concurrency === 1);
    }
    running.delete(next);
  }
  const outputs = begun.flatMap((each) => ('output' in each ? [each.output] : []));
  return { at: now, visits: begun.flatMap(({ visits }) => visits), output: outputs };
}

const exceeded: Failure = {
  ...{ error: 'States.ExceedToleratedFailureThreshold', cause: null, isFatal: false },
};
