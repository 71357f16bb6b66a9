/** What a schedule shrinks to: fewer faults, then fewer delays and workers, then all of it earlier, shorter, first. */
import { type Happening, isFault } from './happening.ts';

const orderOfCrashes = ['before', 'during', 'after'] as const;

/**
 * Simpler lists, the simplest first. None leads back, so that shrinking comes to an end. Of `singles` each is a fault
 * that may do alone what several do together.
 */
export function* simplerThan(
  happenings: readonly Happening[],
  singles: readonly Happening[],
): Generator<readonly Happening[]> {
  if (happenings.length === 0) return;
  yield [];
  const faults = happenings.filter(isFault);
  const others = happenings.filter((each) => !isFault(each));
  if (faults.length > 0 && others.length > 0) {
    yield faults;
    yield others;
  }
  if (happenings.length > 1) for (const each of faults) yield [each];
  // One left out at a time: where none can be, there are as few as there can be.
  for (const each of [...faults, ...others]) yield happenings.filter((other) => other !== each);
  if (faults.length > 1) for (const each of singles) yield [each];
  for (const [i, each] of happenings.entries()) {
    for (const simpler of simplerHappenings(each)) yield happenings.with(i, simpler);
  }
}

function* simplerHappenings(happening: Happening): Generator<Happening> {
  switch (happening.type) {
    case 'takes':
      for (const takes of below(happening.takes, 1)) yield { ...happening, takes };
      yield* struckSooner(happening);
      return;
    case 'crashes':
      for (const when of orderOfCrashes.slice(0, orderOfCrashes.indexOf(happening.when))) {
        yield { ...happening, when };
      }
      yield* struckSooner(happening);
      return;
    case 'throws':
    case 'deliveredTwice':
      yield* struckSooner(happening);
      return;
    case 'unreachable':
      for (const at of below(happening.at, 0)) yield { ...happening, at };
      for (const lasts of below(happening.for, 1)) yield { ...happening, for: lasts };
      return;
    case 'another worker':
      for (const at of below(happening.at, 0)) yield { ...happening, at };
      return;
    default:
      for (const at of below(happening.at, 0)) yield { ...happening, at };
      for (const worker of below(happening.worker, 1)) yield { ...happening, worker };
  }
}

/** The first attempt, the first element, the first run. */
function* struckSooner<H extends Extract<Happening, { step: string }>>(happening: H): Generator<H> {
  const { on } = happening;
  for (const [name, value] of Object.entries(on)) {
    for (const less of below(value, name === 'index' ? 0 : 1)) {
      yield { ...happening, on: { ...on, [name]: less } };
    }
  }
}

/** From the least on, halving the distance: 0, 50, 75, 88, ... 99 for 100. */
function* below(value: number, least: number): Generator<number> {
  for (let gap = value - least; gap > 0; gap = Math.floor(gap / 2)) yield value - gap;
}
