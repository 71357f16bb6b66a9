/**
 * Other orders than the one that the tables tell: what is finished together may leave nothing behind that says which was first. All of
 * them are orders that the SQL may choose, so whichever agrees is right.
 */
import type { Circumstances } from '../../../model/kernel/transition.ts';

type Order = NonNullable<Circumstances['order']>;

/** Within one command, how many of the orders that are asked for are changed one by one. */
const mostAsked = 12;
/** Of one order, how many members change places. */
const mostMembers = 8;
const shuffles = 40;

/** First with two members of one order in each other's place, then with all of several at random, the same each time. */
export function* otherOrders(told: Order): Generator<Order> {
  const lengths: number[] = [];
  // What is asked for depends on the answers, and mostly little.
  yield noting(told, lengths);
  for (let asked = 0; asked < Math.min(lengths.length, mostAsked); asked++) {
    const length = Math.min(lengths[asked]!, mostMembers);
    for (let from = 1; from < length; from++) {
      for (let to = 0; to < from; to++) yield moving(told, asked, from, to);
    }
  }
  for (let seed = 1; seed <= shuffles; seed++) yield shuffling(told, seed);
}

function noting(told: Order, lengths: number[]): Order {
  return (members, what) => {
    const ordered = told(members, what);
    if (members.length > 1) lengths.push(members.length);
    return ordered;
  };
}

/** In the order that is asked for as the n-th, the member at `from` comes before the one at `to`. */
function moving(told: Order, asked: number, from: number, to: number): Order {
  let n = 0;
  return (members, what) => {
    const ordered = told(members, what);
    if (members.length < 2 || n++ !== asked || from >= ordered.length) return ordered;
    const rest = ordered.toSpliced(from, 1);
    return rest.toSpliced(to, 0, ordered[from]!);
  };
}

function shuffling(told: Order, seed: number): Order {
  // Far from each other, or the first draws of all seeds would be nearly the same.
  let state = Math.imul(seed, 0x9e3779b1);
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return (members, what) => {
    const left = [...told(members, what)];
    const shuffled: string[] = [];
    while (left.length > 0) shuffled.push(...left.splice(next(left.length), 1));
    return shuffled;
  };
}
