/** Differences of one kind: the same function, the same place, one shortest trace. */
import type { AnyCommand } from '../contract/command.ts';
import type { Trace } from '../contract/trace.ts';
import type { Place } from './places.ts';
import type { Parting } from './tandem.ts';

/** What a group is looked for by. */
export interface Signature {
  /** The type of the command after which it differs. */
  readonly type: string;
  /** {@link Place.what}. */
  readonly what: string;
}

export interface Group extends Signature {
  /** The sample in which it was met first. */
  readonly sample: number;
  /** Its last command is the one after which it differs. */
  readonly trace: Trace<AnyCommand>;
  readonly commandsBefore: number;
  /** Everything that differs after that command and did not before. */
  readonly places: readonly Place[];
  /** What differed earlier in the trace in something that the last command may depend on; none where nothing did. */
  readonly follows: readonly Signature[];
}

/** The groups so far, and which places they account for: those that differ along with theirs in the shortest trace. */
export class Groups {
  readonly #groups: Group[] = [];
  readonly #known = new Set<string>();
  /** In how many samples each place was seen to differ. */
  readonly #samples = new Map<string, number>();

  /** One that differs in everything that another of the function does, and little more, is another case of that. */
  add(group: Group): void {
    const whats = new Set(group.places.map(({ what }) => what));
    const simpler = this.#groups.some(({ type, places }) => {
      const others = new Set(places.map(({ what }) => what));
      return (
        type === group.type && [...others].every((what) => whats.has(what)) && others.size * 2 > whats.size
      );
    });
    if (!simpler) this.#groups.push(group);
    for (const what of [group.what, ...whats]) this.#known.add(keyOf({ type: group.type, what }));
  }

  accountFor(signature: Signature): boolean {
    return this.#known.has(keyOf(signature));
  }

  /** Counts a sample, whatever is made of it later. */
  count(partings: readonly Parting[]): void {
    for (const key of new Set(signaturesOf(partings).map(keyOf)))
      this.#samples.set(key, (this.#samples.get(key) ?? 0) + 1);
  }

  samplesOf(signature: Signature): number {
    return this.#samples.get(keyOf(signature)) ?? 0;
  }

  /** From 1, of the group that shows it; 0 where none does. */
  numberOf({ type, what }: Signature): number {
    const shows = (group: Group) =>
      group.type === type && (group.what === what || group.places.some((place) => place.what === what));
    return this.#groups.findIndex(shows) + 1;
  }

  get all(): readonly Group[] {
    return this.#groups;
  }
}

export const signaturesOf = (partings: readonly Parting[]): Signature[] =>
  partings.flatMap(({ type, places }) => places.map(({ what }) => ({ type, what })));

export const keyOf = ({ type, what }: Signature) => `${type}\n${what}`;
