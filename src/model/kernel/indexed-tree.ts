/**
 * A persistent map with positive whole numbers as keys, in their order, that finds the first entries whose
 * *measure* is at most a limit without visiting the others: each subtree remembers its smallest measure.
 * A queue keyed by message id with the visibility timeout as measure answers "the first messages that are
 * visible now" in the time of the messages it returns, whatever waits in front of them.
 *
 * `owner` is a draft's private token, as in `PersistentMap`.
 */
import type { Owner } from './persistent-map.ts';

interface Node<V> {
  readonly owner: Owner | undefined;
  /** The smallest measure below this node. */
  least: number;
  /** Children, or values at the lowest level, by digit of the key. */
  readonly slots: (Node<V> | V | undefined)[];
}

const BITS = 4;
const WIDTH = 1 << BITS;

export class IndexedTree<V> {
  readonly size: number;
  readonly #root: Node<V> | undefined;
  /** Levels below the root; keys reach to WIDTH ** (height + 1) - 1. */
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
    if (node === undefined || !this.#reaches(key)) return undefined;
    for (let level = this.#height; level > 0; level--) {
      node = node.slots[digit(key, level)] as Node<V> | undefined;
      if (node === undefined) return undefined;
    }
    return node.slots[digit(key, 0)] as V | undefined;
  }

  set(key: number, value: V, owner?: Owner): IndexedTree<V> {
    let root = this.#root;
    let height = this.#height;
    while (key >= WIDTH ** (height + 1)) {
      if (root !== undefined) {
        const slots = new Array<Node<V> | undefined>(WIDTH).fill(undefined);
        slots[0] = root;
        root = { owner, least: root.least, slots };
      }
      height++;
    }
    const added = this.get(key) === undefined ? 1 : 0;
    return new IndexedTree(
      this.#insert(root, key, value, height, owner),
      height,
      this.size + added,
      this.#measure,
    );
  }

  delete(key: number, owner?: Owner): IndexedTree<V> {
    if (this.get(key) === undefined) return this;
    return new IndexedTree(
      this.#remove(this.#root!, key, this.#height, owner),
      this.#height,
      this.size - 1,
      this.#measure,
    );
  }

  /**
   * The first `count` values by key, of those with a measure of at most `limit` and for which `matches` holds.
   */
  first(count: number, limit: number, matches?: (value: V) => boolean): V[] {
    const found: V[] = [];
    if (this.#root && count > 0) this.#collect(this.#root, this.#height, count, limit, matches, found);
    return found;
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
    if (this.#root) this.#walk(this.#root, this.#height, 0, found);
    return found;
  }

  #walk(node: Node<V>, level: number, base: number, found: [number, V][]): void {
    for (const [slot, child] of node.slots.entries()) {
      if (child === undefined) continue;
      const key = base * WIDTH + slot;
      if (level > 0) this.#walk(child as Node<V>, level - 1, key, found);
      else found.push([key, child as V]);
    }
  }

  #reaches(key: number): boolean {
    return key >= 0 && key < WIDTH ** (this.#height + 1);
  }

  #insert(
    node: Node<V> | undefined,
    key: number,
    value: V,
    level: number,
    owner: Owner | undefined,
  ): Node<V> {
    const copy = editable(node, owner);
    const slot = digit(key, level);
    const old = copy.slots[slot];
    let before = Infinity;
    let after: number;
    if (level === 0) {
      if (old !== undefined) before = this.#measure(old as V);
      copy.slots[slot] = value;
      after = this.#measure(value);
    } else {
      // Read before the child is edited, which may happen in place.
      if (old !== undefined) before = (old as Node<V>).least;
      const child = this.#insert(old as Node<V> | undefined, key, value, level - 1, owner);
      copy.slots[slot] = child;
      after = child.least;
    }
    if (after <= copy.least) copy.least = after;
    else if (before === copy.least) copy.least = this.#leastOf(copy, level);
    return copy;
  }

  #remove(node: Node<V>, key: number, level: number, owner: Owner | undefined): Node<V> | undefined {
    const copy = editable(node, owner);
    const slot = digit(key, level);
    const old = copy.slots[slot];
    let before: number;
    let after = Infinity;
    if (level === 0) {
      before = this.#measure(old as V);
      copy.slots[slot] = undefined;
    } else {
      before = (old as Node<V>).least;
      const child = this.#remove(old as Node<V>, key, level - 1, owner);
      copy.slots[slot] = child;
      if (child !== undefined) after = child.least;
    }
    if (before === copy.least && after !== before) {
      copy.least = this.#leastOf(copy, level);
      if (copy.least === Infinity && copy.slots.every((child) => child === undefined)) return undefined;
    }
    return copy;
  }

  #leastOf(node: Node<V>, level: number): number {
    let least = Infinity;
    for (const child of node.slots) {
      if (child === undefined) continue;
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
      if (child === undefined) continue;
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

function editable<V>(node: Node<V> | undefined, owner: Owner | undefined): Node<V> {
  if (node === undefined) return { owner, least: Infinity, slots: new Array(WIDTH).fill(undefined) };
  if (owner !== undefined && node.owner === owner) return node;
  return { owner, least: node.least, slots: node.slots.slice() };
}

/** Keys may be larger than 32 bits, so no bit operations. */
function digit(key: number, level: number): number {
  return level < 7 ? (key >>> (BITS * level)) & (WIDTH - 1) : Math.floor(key / WIDTH ** level) % WIDTH;
}
