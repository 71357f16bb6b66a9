/** The nodes of an {@link IndexedTree}, and what is done to a single one. */
import { inserted } from './copies.ts';
import type { Owner } from './persistent-map.ts';

export interface Node<V> {
  readonly owner: Owner | undefined;
  /** The smallest measure below this node. */
  least: number;
  /** In order. At the lowest level those of the values; above, of each child one that none below it is smaller than. */
  readonly keys: number[];
  readonly slots: (Node<V> | V)[];
}

/** Of the last key that is not larger, or of the first: from the end, where most is done. */
export function placeOf(keys: readonly number[], key: number): number {
  let place = keys.length - 1;
  while (place > 0 && keys[place]! > key) place--;
  return place;
}

export function after<V>(node: Node<V>, key: number, level: number): V | undefined {
  let place = placeOf(node.keys, key);
  if (level > 0) {
    const found = after(node.slots[place] as Node<V>, key, level - 1);
    if (found !== undefined || place + 1 === node.slots.length) return found;
    return after(node.slots[place + 1] as Node<V>, key, level - 1);
  }
  while (place < node.keys.length && node.keys[place]! <= key) place++;
  return node.slots[place] as V | undefined;
}

export function editable<V>(node: Node<V>, owner: Owner | undefined): Node<V> {
  if (owner !== undefined && node.owner === owner) return node;
  return { owner, least: node.least, keys: node.keys.slice(), slots: node.slots.slice() };
}

export function withEntry<V>(
  node: Node<V>,
  place: number,
  key: number,
  slot: Node<V> | V,
  owner: Owner | undefined,
): Node<V> {
  if (owner !== undefined && node.owner === owner) {
    node.keys.splice(place, 0, key);
    node.slots.splice(place, 0, slot);
    return node;
  }
  return {
    owner,
    least: node.least,
    keys: inserted(node.keys, place, key),
    slots: inserted(node.slots, place, slot),
  };
}

export function take<V>(node: Node<V>, place: number): void {
  node.keys.splice(place, 1);
  node.slots.splice(place, 1);
}
