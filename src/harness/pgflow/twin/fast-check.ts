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
  /** The kinds of faults. Default: all kinds. */
  readonly faults?: readonly FaultKind[];
  /** The largest number of faults in one schedule. Default: 3. */
  readonly maxFaults?: number;
  /** The steps whose attempts may have faults and delays. Default: all. */
  readonly steps?: readonly StepSlug<F>[];
  /** The largest number of workers, before some stop or die. Default: 3. */
  readonly workers?: number;
  /** The longest time that an attempt may take. Default: 5 s, longer than a message stays invisible. 0: no delays. */
  readonly delays?: Duration;
  /** How many runs the test starts. Each run has its own faults and delays. Default: 1. */
  readonly runs?: number;
  /** Faults and delays apply to so many first elements of a map. Default: 3. */
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
 * Schedules for `simulate(flow, { schedule })`: how long attempts take (and so in which order they end), how many
 * workers there are, and which faults happen. A schedule that breaks a law shrinks to the fewest faults, then to the fewest
 * delays. It is printed as statements to paste after `simulate()`. The same seed gives the same schedules.
 * @throws SimulationError if `flow` is not a flow, or an option is of the wrong type
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
