/** Entry point `pgtwin/fast-check`: every schedule of a flow, as an arbitrary. Loads fast-check and nothing else. */
import type fc from 'fast-check';
import { checkNames, checkObject, wholeNumber } from '../../twin/checks.ts';
import { type Duration, toMilliseconds } from '../../twin/duration.ts';
import { SimulationError, shown } from '../../twin/simulation-error.ts';
import { ArbitrarySchedule } from './faults/arbitrary-schedule.ts';
import type { FlowSchedule } from './faults/flow-schedule.ts';
import { type FaultKind, faultKinds } from './faults/happening.ts';
import { definitionOf } from './flow/flow.ts';
import { placesOf } from './flow/places.ts';
import type { AnyFlow, StepSlug } from './flow/types.ts';

export type { FlowSchedule } from './faults/flow-schedule.ts';
export type { FaultKind, Happening } from './faults/happening.ts';

export interface SchedulesOptions<F extends AnyFlow = AnyFlow> {
  /** Which faults there may be: all kinds. */
  readonly faults?: readonly FaultKind[];
  /** How many at most in one schedule: 3. */
  readonly maxFaults?: number;
  /** The steps whose attempts they may befall, as delays may: all. */
  readonly steps?: readonly StepSlug<F>[];
  /** How many workers there are at most before some go: 3. */
  readonly workers?: number;
  /** How long an attempt may take: up to 5 s, more than a message stays invisible. 0: no delays. */
  readonly delays?: Duration;
  /** How many runs the test starts: with more than one, each has a fate of its own. 1. */
  readonly runs?: number;
  /** How many elements the maps have of which some may be struck: the first 3. */
  readonly elements?: number;
}

const names: ReadonlySet<string> = new Set<keyof SchedulesOptions>([
  'faults',
  'maxFaults',
  'steps',
  'workers',
  'delays',
  'runs',
  'elements',
]);

/**
 * Schedules for `simulate(flow, { schedule })`: how long attempts take, and so in which order they end, how many
 * workers there are, and what befalls them. One that breaks a law shrinks to the fewest faults, then the fewest
 * delays, and is printed as statements to paste behind `simulate()`. The same seed, the same schedules.
 * @throws SimulationError where the flow is none, or an option of the wrong type
 */
export function schedules<F extends AnyFlow>(
  flow: F,
  options: SchedulesOptions<F> = {},
): fc.Arbitrary<FlowSchedule> {
  const definition = definitionOf(flow);
  checkObject(options, 'options');
  checkNames(options, 'options', names);
  const known = [...definition.steps.keys()];
  const struck = listOf(options.steps ?? known, 'options.steps', known);
  return new ArbitrarySchedule({
    places: placesOf(definition, {
      steps: new Set<string>(struck),
      runs: wholeNumber(options.runs ?? 1, 'options.runs', 1, 10_000),
      elements: wholeNumber(options.elements ?? 3, 'options.elements', 1, 10_000),
    }),
    faults: listOf(options.faults ?? faultKinds, 'options.faults', faultKinds),
    maxFaults: wholeNumber(options.maxFaults ?? 3, 'options.maxFaults', 0, 1000),
    workers: wholeNumber(options.workers ?? 3, 'options.workers', 1, 1000),
    longest: toMilliseconds(options.delays ?? 5000, 'options.delays'),
  });
}

function listOf<T extends string>(list: readonly T[], name: string, known: readonly string[]): readonly T[] {
  const odd = Array.isArray(list) ? list.find((each) => !known.includes(each)) : list;
  if (odd === undefined) return list;
  throw new SimulationError(`${name} is ${shown(list)}: expected a list of ${known.join(', ')}`);
}
