/** The shortest trace that still shows one kind of difference. */

import type { ShrinkingFacet } from '../contract/campaign.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { Trace } from '../contract/trace.ts';
import { shrinkTrace } from '../trace/shrink.ts';
import { type Group, type Signature, signaturesOf } from './groups.ts';
import type { Parting, Tandem } from './tandem.ts';
import type { SharedVocabulary } from './vocabulary.ts';

export interface Shrinking {
  readonly release: ShrinkingFacet<AnyCommand>;
  readonly tandem: Tandem;
  readonly vocabulary: SharedVocabulary;
  /** Executions after which it settles for what it has: a number, so that the same is found on every machine. */
  readonly attempts: number;
  readonly signal?: AbortSignal | undefined;
  /** The instant (of performance.now) after which it settles as well. */
  readonly deadline: number;
}

/** Where the trace shows the difference: best where nothing differed before it, else where something did. */
export function shownIn(partings: readonly Parting[], { type, what }: Signature): Parting | undefined {
  const showing = partings.filter(
    (each) => each.type === type && each.places.some((place) => place.what === what),
  );
  return showing.find(({ isFollowing }) => !isFollowing) ?? showing[0];
}

/** Nothing where the trace does not show it once more: then it was a choice that nothing promises. */
export async function shrinkGroup(
  signature: Signature,
  found: { readonly trace: Trace<AnyCommand>; readonly sample: number },
  { release, tandem, vocabulary, attempts, signal, deadline }: Shrinking,
): Promise<Group | undefined> {
  let left = attempts;
  let mustLead = false;
  /** What each trace that shows it came to, so that the last look at the best costs nothing. */
  const shown = new Map<string, readonly Parting[]>();

  const look = async (trace: Trace<AnyCommand>): Promise<Parting | undefined> => {
    const key = JSON.stringify(trace.commands);
    let partings = shown.get(key);
    if (!partings) {
      // The first look is at what was found, and not up for trial.
      const isTrial = shown.size > 0;
      if (isTrial && (left-- <= 0 || performance.now() > deadline)) return undefined;
      if (!(await isShared(trace, vocabulary))) return undefined;
      partings = (await tandem.execute(trace, signal)).partings;
    }
    const parting = shownIn(partings, signature);
    if (!parting || (mustLead && parting.isFollowing)) return undefined;
    // Once nothing differs before it, nothing shall.
    mustLead ||= !parting.isFollowing;
    const upTo = partings.filter(({ position }) => position <= parting.position);
    shown.set(key, upTo);
    shown.set(JSON.stringify(trace.commands.slice(0, parting.position + 1)), upTo);
    return parting;
  };

  const first = await look(found.trace);
  if (!first) return undefined;
  const execute = async (trace: Trace<AnyCommand>) => ({ divergence: (await look(trace)) ?? null });
  const { trace } = await shrinkTrace(release, { trace: found.trace, divergence: first }, execute, {
    budgetMs: Number.POSITIVE_INFINITY,
    signal,
  });
  const partings = shown.get(JSON.stringify(trace.commands))!;
  const { places, isFollowing, position } = shownIn(partings, signature)!;
  const earlier = isFollowing ? partings.filter((each) => each.position < position) : [];
  return {
    ...signature,
    sample: found.sample,
    trace: { ...trace, commands: trace.commands.slice(0, position + 1) },
    commandsBefore: found.trace.commands.length,
    places,
    follows: signaturesOf(earlier),
  };
}

/** A simpler command may be one that a side lacks. */
async function isShared(trace: Trace<AnyCommand>, vocabulary: SharedVocabulary): Promise<boolean> {
  return vocabulary.knowing(() =>
    trace.commands.every(({ command }) => {
      const adapted = vocabulary.adapt(command);
      return adapted !== undefined && Object.keys(adapted).length === Object.keys(command).length;
    }),
  );
}
