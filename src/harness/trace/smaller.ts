/** Ways to make a trace smaller, most drastic first. Whether what is left still diverges is found out elsewhere. */

import type { ShrinkingFacet } from '../contract/campaign.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { Trace, TraceEntry } from '../contract/trace.ts';

type Shrinkable<Command> = ShrinkingFacet<Command & AnyCommand>;

/** Every smaller trace one step away: fewer commands, then simpler commands, then shorter waits. */
export function* smallerTraces<Command>(
  release: Shrinkable<Command>,
  trace: Trace<Command>,
): Generator<Trace<Command>> {
  const { length } = trace.commands;
  for (let size = Math.ceil(length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    // From the end, since later commands lean on earlier ones.
    for (let end = length; end > 0; end -= size) {
      yield withoutRange(release, trace, Math.max(0, end - size), end);
    }
  }
  yield* withoutPairs(release, trace);
  for (let position = length - 1; position >= 0; position--) yield* withSimpler(release, trace, position);
  yield* withSimplerNames(release, trace);
  yield* withShorterWaits(trace);
}

/** The trace without the commands from `start` up to, not including, `end`. */
export function withoutRange<Command>(
  release: Shrinkable<Command>,
  trace: Trace<Command>,
  start: number,
  end: number,
): Trace<Command> {
  const positions = new Set(Array.from({ length: end - start }, (_, i) => start + i));
  return without(release, trace, positions);
}

/** Of longer traces, pairs of commands are too many to try. */
export const longestForPairs = 16;

/** Two commands that only make sense together (a start and what is done to it) go together. */
export function* withoutPairs<Command>(
  release: Shrinkable<Command>,
  trace: Trace<Command>,
): Generator<Trace<Command>> {
  const { length } = trace.commands;
  if (length > longestForPairs) return;
  for (let second = length - 1; second > 0; second--) {
    // Neighbours were tried as a range.
    for (let first = second - 2; first >= 0; first--) {
      yield without(release, trace, new Set([first, second]));
    }
  }
}

/** The trace with a simpler command at that position. */
export function* withSimpler<Command>(
  release: Shrinkable<Command>,
  trace: Trace<Command>,
  position: number,
): Generator<Trace<Command>> {
  const { at, command } = trace.commands[position]!;
  for (const simpler of release.simplify(command as Command & AnyCommand)) {
    yield { ...trace, commands: trace.commands.with(position, { at, command: simpler }) };
  }
}

/** The trace with what its commands share made simpler in all of them. */
export function* withSimplerNames<Command>(
  release: Shrinkable<Command>,
  trace: Trace<Command>,
): Generator<Trace<Command>> {
  const entries = trace.commands as readonly TraceEntry<Command & AnyCommand>[];
  for (const commands of release.simplifyTogether?.(entries) ?? []) yield { ...trace, commands };
}

/** The trace with no waiting at all; with each wait left out; with each wait halved or rounded to seconds. */
export function* withShorterWaits<Command>(trace: Trace<Command>): Generator<Trace<Command>> {
  const waits = trace.commands.map(({ at }, i) => at - (trace.commands[i - 1]?.at ?? 0));
  if (waits.some((wait) => wait > 0))
    yield withWaits(
      trace,
      waits.map(() => 0),
    );
  for (let i = waits.length - 1; i >= 0; i--) {
    const wait = waits[i]!;
    if (wait > 0) yield withWaits(trace, waits.with(i, 0));
  }
  for (let i = waits.length - 1; i >= 0; i--) {
    const wait = waits[i]!;
    for (const shorter of new Set([Math.floor(wait / 2000) * 1000, Math.floor(wait / 1000) * 1000])) {
      if (shorter > 0 && shorter < wait) yield withWaits(trace, waits.with(i, shorter));
    }
    if (wait > 1 && wait % 1000 !== 0) yield withWaits(trace, waits.with(i, Math.floor(wait / 2)));
  }
}

function withWaits<Command>(trace: Trace<Command>, waits: readonly number[]): Trace<Command> {
  let at = 0;
  const commands = trace.commands.map(({ command }, i): TraceEntry<Command> => {
    at += waits[i]!;
    return { at, command };
  });
  return { ...trace, commands };
}

function without<Command>(
  release: Shrinkable<Command>,
  trace: Trace<Command>,
  positions: ReadonlySet<number>,
): Trace<Command> {
  const entries = trace.commands as readonly TraceEntry<Command & AnyCommand>[];
  return { ...trace, commands: release.without(entries, positions) };
}
