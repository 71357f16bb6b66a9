/**
 * A persistent map with numbers as keys, in their order, that finds the first entries whose *measure* is at most a
 * limit without visiting the others: each subtree remembers its smallest measure. A queue keyed by message id with
 * the visibility timeout as measure answers "the first messages that are visible now" in the time of the messages it
 * returns, whatever waits in front of them. A B+ tree, so that its height is a matter of how many entries there are,
 * however far apart their keys.
 *
 * `owner` is a draft's private token, as in `PersistentMap`.
 */
import { movedToEnd } from './copies.ts';
import { after, editable, type Node, placeOf, take, withEntry } from './indexed-node.ts';
import type { Owner } from './persistent-map.ts';

const WIDTH = 16;

export class IndexedTree<V> {
  readonly size: number;
  readonly #root: Node<V> | undefined;
  /** Levels below the root. */
  readonly #height: number;
  readonly #measure: (value: V) => number;

  private constructor(
    root: Node<V> | undefined,
    height: number,
    size: number,
    measure: (value: V) => number,
  ) {
    this.#root = root;
    this.#height = height;
    this.size = size;
    this.#measure = measure;
  }

  /** `measure` must depend on the value alone. */
  static empty<V>(measure: (value: V) => number = () => 0): IndexedTree<V> {
    return new IndexedTree<V>(undefined, 0, 0, measure);
  }

  get(key: number): V | undefined {
    let node = this.#root;
    if (node === undefined) return undefined;
    for (let level = this.#height; level > 0; level--) {
      node = node.slots[placeOf(node.keys, key)] as Node<V>;
    }
    const place = placeOf(node.keys, key);
    return node.keys[place] === key ? (node.slots[place] as V) : undefined;
  }

  set(key: number, value: V, owner?: Owner): IndexedTree<V> {
    const root = this.#root;
    if (root === undefined) {
      const leaf = { owner, least: this.#measure(value), keys: [key], slots: [value] };
      return new IndexedTree<V>(leaf, 0, 1, this.#measure);
    }
    const size = this.get(key) === undefined ? this.size + 1 : this.size;
    const changed = this.#insert(root, key, value, this.#height, owner);
    if (changed.keys.length <= WIDTH) return new IndexedTree(changed, this.#height, size, this.#measure);
    const halves = this.#split(changed, key, this.#height);
    const above: Node<V> = {
      owner,
      least: changed.least,
      keys: halves.map(({ keys }) => keys[0]!),
      slots: halves,
    };
    return new IndexedTree(above, this.#height + 1, size, this.#measure);
  }

  delete(key: number, owner?: Owner): IndexedTree<V> {
    if (this.get(key) === undefined) return this;
    let root = this.#remove(this.#root!, key, this.#height, owner);
    let height = this.#height;
    if (root.keys.length === 0) return new IndexedTree<V>(undefined, 0, 0, this.#measure);
    for (; height > 0 && root.keys.length === 1; height--) root = root.slots[0] as Node<V>;
    return new IndexedTree(root, height, this.size - 1, this.#measure);
  }

  /** An entry in the place of another: `delete(from).set(to, value)`. */
  move(from: number, to: number, value: V, owner?: Owner): IndexedTree<V> {
    const root = this.#root;
    // In one go where the last place of a single node is taken, as by the newest of a few.
    if (root === undefined || this.#height > 0 || root.keys.at(-1)! >= to)
      return this.delete(from, owner).set(to, value, owner);
    const place = placeOf(root.keys, from);
    if (root.keys[place] !== from) return this.set(to, value, owner);
    const before = this.#measure(root.slots[place] as V);
    const leaf: Node<V> = {
      owner,
      least: root.least,
      keys: movedToEnd(root.keys, place, to),
      slots: movedToEnd(root.slots, place, value),
    };
    this.#remeasure(leaf, before, this.#measure(value), 0);
    return new IndexedTree(leaf, 0, this.size, this.#measure);
  }

  /**
   * The first `count` values by key, of those with a measure of at most `limit` and for which `matches` holds.
   */
  first(count: number, limit: number, matches?: (value: V) => boolean): V[] {
    const found: V[] = [];
    if (this.#root && count > 0) this.#collect(this.#root, this.#height, count, limit, matches, found);
    return found;
  }

  /** The value with the smallest key that is larger than this one. */
  after(key: number): V | undefined {
    return this.#root && after(this.#root, key, this.#height);
  }

  /** The value with the largest key. */
  get last(): V | undefined {
    let node = this.#root;
    for (let level = this.#height; level > 0; level--) node = node!.slots.at(-1) as Node<V>;
    return node?.slots.at(-1) as V | undefined;
  }

  /** The smallest measure of all, or Infinity where there is nothing. */
  get least(): number {
    return this.#root?.least ?? Infinity;
  }

  /** All values in the order of their keys. */
  values(): V[] {
    return this.first(Infinity, Infinity);
  }

  /** All keys with their values, in order. */
  entries(): [number, V][] {
    const found: [number, V][] = [];
    if (this.#root) this.#walk(this.#root, this.#height, found);
    return found;
  }

  #walk({ keys, slots }: Node<V>, level: number, found: [number, V][]): void {
    for (const [place, child] of slots.entries()) {
      if (level > 0) this.#walk(child as Node<V>, level - 1, found);
      else found.push([keys[place]!, child as V]);
    }
  }

  #insert(node: Node<V>, key: number, value: V, level: number, owner: Owner | undefined): Node<V> {
    const place = placeOf(node.keys, key);
    if (level === 0) {
      const measure = this.#measure(value);
      if (node.keys[place] !== key) {
        const added = withEntry(node, node.keys[place]! < key ? place + 1 : place, key, value, owner);
        if (measure < added.least) added.least = measure;
        return added;
      }
      const before = this.#measure(node.slots[place] as V);
      const copy = editable(node, owner);
      copy.slots[place] = value;
      this.#remeasure(copy, before, measure, level);
      return copy;
    }
    // Read before the child is edited, which may happen in place.
    const before = (node.slots[place] as Node<V>).least;
    const child = this.#insert(node.slots[place] as Node<V>, key, value, level - 1, owner);
    let copy = editable(node, owner);
    if (key < copy.keys[place]!) copy.keys[place] = key;
    copy.slots[place] = child;
    if (child.keys.length > WIDTH) {
      const [left, right] = this.#split(child, key, level - 1);
      copy.slots[place] = left;
      copy = withEntry(copy, place + 1, right.keys[0]!, right, owner);
    }
    this.#remeasure(copy, before, child.least, level);
    return copy;
  }

  /** Whatever is added at the end stands alone, so that nodes are full where keys only rise. */
  #split(node: Node<V>, added: number, level: number): [Node<V>, Node<V>] {
    const { owner, keys, slots } = node;
    const middle = keys.at(-1) === added ? WIDTH : WIDTH >>> 1;
    const part = (from: number, to?: number): Node<V> => {
      const half = { owner, least: -Infinity, keys: keys.slice(from, to), slots: slots.slice(from, to) };
      half.least = this.#leastOf(half, level);
      return half;
    };
    return [part(0, middle), part(middle)];
  }

  /** A node that may be empty. */
  #remove(node: Node<V>, key: number, level: number, owner: Owner | undefined): Node<V> {
    const place = placeOf(node.keys, key);
    const copy = editable(node, owner);
    if (level === 0) {
      const before = this.#measure(copy.slots[place] as V);
      take(copy, place);
      this.#remeasure(copy, before, Infinity, level);
      return copy;
    }
    const before = (node.slots[place] as Node<V>).least;
    const child = this.#remove(node.slots[place] as Node<V>, key, level - 1, owner);
    copy.slots[place] = child;
    if (child.keys.length === 0) take(copy, place);
    else this.#merge(copy, place);
    this.#remeasure(copy, before, child.least, level);
    return copy;
  }

  /** A child and the one beside it become one where both have few entries. The node is the caller's own. */
  #merge({ keys, slots }: Node<V>, place: number): void {
    const at = place + 1 < slots.length ? place : place - 1;
    if (at < 0) return;
    const [left, right] = [slots[at] as Node<V>, slots[at + 1] as Node<V>];
    if (left.keys.length + right.keys.length > WIDTH >>> 1) return;
    slots[at] = {
      owner: undefined,
      least: Math.min(left.least, right.least),
      keys: [...left.keys, ...right.keys],
      slots: [...left.slots, ...right.slots],
    };
    keys.splice(at + 1, 1);
    slots.splice(at + 1, 1);
  }

  /** After one entry of the node went from one measure to another. */
  #remeasure(node: Node<V>, before: number, after: number, level: number): void {
    if (after <= node.least) node.least = after;
    else if (before === node.least) node.least = this.#leastOf(node, level);
  }

  #leastOf(node: Node<V>, level: number): number {
    let least = Infinity;
    for (const child of node.slots) {
      const measure = level === 0 ? this.#measure(child as V) : (child as Node<V>).least;
      // None is smaller than the smallest was.
      if (measure <= node.least) return measure;
      if (measure < least) least = measure;
    }
    return least;
  }

  #collect(
    node: Node<V>,
    level: number,
    count: number,
    limit: number,
    matches: ((value: V) => boolean) | undefined,
    found: V[],
  ): void {
    for (const child of node.slots) {
      if (level > 0) {
        const below = child as Node<V>;
        if (below.least <= limit) this.#collect(below, level - 1, count, limit, matches, found);
      } else {
        const value = child as V;
        if (this.#measure(value) <= limit && (matches === undefined || matches(value))) found.push(value);
      }
      if (found.length >= count) return;
    }
  }
}
