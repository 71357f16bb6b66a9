/** Schedules drawn at random, and shrunk by what befalls a run instead of by how they were drawn. */
import fc from 'fast-check';
import type { Places } from '../flow/places.ts';
import type { CrashPoint } from '../log/log.ts';
import { FlowSchedule } from './flow-schedule.ts';
import { type FaultKind, type Happening, subjectOf } from './happening.ts';
import type { Which } from './plans.ts';
import { simplerThan } from './simpler-schedules.ts';

export interface ScheduleLimits {
  readonly places: Places;
  readonly faults: readonly FaultKind[];
  readonly maxFaults: number;
  /** How many there are at most at the same time. */
  readonly workers: number;
  /** How many milliseconds an attempt takes at most. */
  readonly longest: number;
}

export class ArbitrarySchedule extends fc.Arbitrary<FlowSchedule> {
  readonly #drawn: fc.Arbitrary<readonly Happening[]>;
  readonly #singles: readonly Happening[];

  constructor(limits: ScheduleLimits) {
    super();
    this.#drawn = happenings(limits);
    this.#singles = singleFaults(limits);
  }

  override generate(random: fc.Random, biasFactor: number | undefined): fc.Value<FlowSchedule> {
    return wrapped(this.#drawn.generate(random, biasFactor).value);
  }

  override canShrinkWithoutContext(value: unknown): value is FlowSchedule {
    return value instanceof FlowSchedule;
  }

  override shrink({ happenings }: FlowSchedule): fc.Stream<fc.Value<FlowSchedule>> {
    return fc.stream(simplerThan(happenings, this.#singles)).map(wrapped);
  }
}

function wrapped(happenings: readonly Happening[]): fc.Value<FlowSchedule> {
  return new fc.Value(new FlowSchedule(happenings), undefined);
}

function happenings(limits: ScheduleLimits): fc.Arbitrary<readonly Happening[]> {
  const { places, faults, maxFaults, workers, longest } = limits;
  const mostDelays = places.steps.length === 0 || longest === 0 ? 0 : 2 * places.steps.length * places.runs;
  const faultsHere = faults.filter((kind) => places.steps.length > 0 || !(kind in ofAttempts));
  return fc
    .tuple(
      // Never the bias towards short lists alone: that is what shrinking is for.
      fc.array(anotherWorker, { maxLength: workers - 1, size: 'max' }),
      mostDelays === 0
        ? fc.constant([])
        : fc.array(delay(places, longest), { maxLength: mostDelays, size: 'max' }),
      faultsHere.length === 0
        ? fc.constant([])
        : fc.array(fc.oneof(...faultsHere.map((kind) => fault(kind, limits))), {
            maxLength: maxFaults,
            size: 'max',
          }),
    )
    .map((lists) => {
      // Of two rules for the same attempt the first counts.
      const bySubject = new Map<string, Happening>();
      for (const each of lists.flat()) {
        const subject = subjectOf(each);
        if (!bySubject.has(subject)) bySubject.set(subject, each);
      }
      return [...bySubject.values()];
    });
}

/** Its polls fall in between those of the first. */
const anotherWorker: fc.Arbitrary<Happening> = fc
  .integer({ min: 0, max: 40 })
  .map((n) => ({ type: 'another worker', at: n * 50 }));

const delay = (places: Places, longest: number): fc.Arbitrary<Happening> =>
  fc.tuple(struck(places), span(longest)).map(([who, takes]) => ({ type: 'takes', ...who, takes }));

/** Half of them round, so that things happen at the same instant. */
function span(longest: number): fc.Arbitrary<number> {
  const unit = Math.max(1, Math.floor(longest / 10));
  return fc.oneof(
    fc.integer({ min: 1, max: Math.floor(longest / unit) }).map((n) => n * unit),
    fc.integer({ min: 1, max: longest }),
  );
}

/** The faults that may befall the first attempt at each step. */
function singleFaults({ places, faults, maxFaults }: ScheduleLimits): Happening[] {
  const possible = places.steps.flatMap(({ step, isMap }): Happening[] => {
    const who = { step, on: isMap ? { index: 0, attempt: 1 } : { attempt: 1 } };
    return [
      ...crashPoints.map((when) => ({ type: 'crashes', ...who, when }) as const),
      { type: 'throws', ...who },
      { type: 'deliveredTwice', ...who },
    ];
  });
  const kinds = new Set<Happening['type']>(faults);
  return maxFaults === 0 ? [] : possible.filter(({ type }) => kinds.has(type));
}

/** The kinds of faults that befall an attempt. */
const ofAttempts: Readonly<Partial<Record<FaultKind, true>>> = {
  throws: true,
  crashes: true,
  deliveredTwice: true,
};

const crashPoints: readonly CrashPoint[] = ['before', 'during', 'after'];

function fault(kind: FaultKind, { places, workers }: ScheduleLimits): fc.Arbitrary<Happening> {
  switch (kind) {
    case 'throws':
    case 'deliveredTwice':
      return struck(places).map((who) => ({ type: kind, ...who }));
    case 'crashes':
      return fc
        .tuple(struck(places), fc.constantFrom(...crashPoints))
        .map(([who, when]) => ({ type: kind, ...who, when }));
    case 'unreachable':
      return fc.record({
        type: fc.constant(kind),
        at: instant(places),
        for: fc.oneof(
          fc.integer({ min: 1, max: 40 }).map((n) => n * 250),
          fc.constant(600_000),
        ),
      });
    default:
      return fc.record({
        type: fc.constant(kind),
        at: instant(places),
        worker: fc.integer({ min: 1, max: workers }),
      });
  }
}

/** Mostly early, where the most happens; half of them round. */
const instant = ({ horizon }: Places): fc.Arbitrary<number> =>
  fc.oneof(
    fc.integer({ min: 0, max: 20 }).map((n) => n * 250),
    fc.integer({ min: 0, max: 5000 }),
    fc.integer({ min: 0, max: Math.ceil(horizon / 1000) }).map((n) => n * 1000),
  );

/** Which attempt: usually the first one. */
function struck({ steps, runs, elements }: Places): fc.Arbitrary<{ step: string; on: Which }> {
  return fc.constantFrom(...steps).chain(({ step, isMap, attempts }) => {
    const later = fc.integer({ min: 1, max: Math.max(1, attempts) });
    const on: fc.Arbitrary<Which> = fc.record({
      ...(runs > 1 ? { run: fc.integer({ min: 1, max: runs }) } : {}),
      ...(isMap ? { index: fc.nat({ max: elements - 1 }) } : {}),
      attempt: fc.oneof({ weight: 2, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: later }),
    });
    return on.map((which) => ({ step, on: which }));
  });
}
