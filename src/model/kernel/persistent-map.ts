/**
 * A persistent map with string keys: `set` and `delete` give a new map that shares all but the path to the key,
 * so a state can be kept, compared and gone back to. A hash array mapped trie.
 *
 * `owner` is a draft's private token: nodes made under a token are edited in place under the same token, so a
 * command that touches a key five times copies its path once. A token must not outlive its command.
 */
import { inserted } from './copies.ts';
import { RecentTexts } from './recent-texts.ts';

export type Owner = object;

interface Leaf<V> {
  readonly hash: number;
  readonly key: string;
  value: V;
  owner: Owner | undefined;
}
interface Branch<V> {
  bitmap: number;
  children: Node<V>[];
  owner: Owner | undefined;
}
/** Leaves whose keys have the same 32-bit hash. */
interface Collision<V> {
  readonly hash: number;
  leaves: Leaf<V>[];
}
type Node<V> = Leaf<V> | Branch<V> | Collision<V>;

const BITS = 5;
const MASK = (1 << BITS) - 1;

const isBranch = <V>(node: Node<V>): node is Branch<V> => 'children' in node;
const isLeaf = <V>(node: Node<V>): node is Leaf<V> => 'key' in node;

const hashes = new RecentTexts(workOutHash);
const hashOf = (key: string): number => hashes.get(key);

/** FNV-1a, finished so that its low bits are mixed well. */
function workOutHash(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) | 0;
}

function popcount(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

export class PersistentMap<V> implements Iterable<readonly [string, V]> {
  readonly size: number;
  readonly #root: Node<V> | undefined;

  private constructor(root: Node<V> | undefined, size: number) {
    this.#root = root;
    this.size = size;
  }

  static readonly #empty = new PersistentMap<never>(undefined, 0);
  static empty<V>(): PersistentMap<V> {
    return PersistentMap.#empty;
  }

  get(key: string): V | undefined {
    let node = this.#root;
    if (node === undefined) return undefined;
    const hash = hashOf(key);
    for (let shift = 0; isBranch(node); shift += BITS) {
      const bit = 1 << ((hash >>> shift) & MASK);
      if ((node.bitmap & bit) === 0) return undefined;
      node = node.children[popcount(node.bitmap & (bit - 1))]!;
    }
    if (isLeaf(node)) return node.key === key ? node.value : undefined;
    return node.leaves.find((leaf) => leaf.key === key)?.value;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  set(key: string, value: V, owner?: Owner): PersistentMap<V> {
    const leaf: Leaf<V> = { hash: hashOf(key), key, value, owner };
    if (this.#root === undefined) return new PersistentMap<V>(leaf, 1);
    const added = { count: 0 };
    const root = insert(this.#root, leaf, 0, owner, added);
    if (root === this.#root && added.count === 0) return this;
    return new PersistentMap(root, this.size + added.count);
  }

  delete(key: string): PersistentMap<V> {
    if (this.get(key) === undefined) return this;
    return new PersistentMap(remove(this.#root!, hashOf(key), key, 0), this.size - 1);
  }

  /** The same keys with other values; none is looked up. */
  map<W>(change: (value: V, key: string) => W): PersistentMap<W> {
    return new PersistentMap(this.#root && mapped(this.#root, change), this.size);
  }

  /** Visits every entry, in no order worth relying on; faster than iterating. */
  forEach(visit: (value: V, key: string) => void): void {
    if (this.#root) visitAll(this.#root, visit);
  }

  *keys(): IterableIterator<string> {
    for (const [key] of this) yield key;
  }

  *values(): IterableIterator<V> {
    for (const [, value] of this) yield value;
  }

  /** In no order worth relying on. */
  *[Symbol.iterator](): IterableIterator<readonly [string, V]> {
    const pending: Node<V>[] = this.#root ? [this.#root] : [];
    for (let node = pending.pop(); node; node = pending.pop()) {
      if (isLeaf(node)) yield [node.key, node.value];
      else pending.push(...(isBranch(node) ? node.children : node.leaves));
    }
  }
}

function visitAll<V>(node: Node<V>, visit: (value: V, key: string) => void): void {
  if (isLeaf(node)) visit(node.value, node.key);
  else for (const each of isBranch(node) ? node.children : node.leaves) visitAll(each, visit);
}

function mapped<V, W>(node: Node<V>, change: (value: V, key: string) => W): Node<W> {
  if (isBranch(node)) {
    const { bitmap, children } = node;
    return { bitmap, children: children.map((child) => mapped(child, change)), owner: undefined };
  }
  if (isLeaf(node)) {
    const { hash, key } = node;
    return { hash, key, value: change(node.value, key), owner: undefined };
  }
  return { hash: node.hash, leaves: node.leaves.map((leaf) => mapped(leaf, change) as Leaf<W>) };
}

function insert<V>(
  node: Node<V>,
  leaf: Leaf<V>,
  shift: number,
  owner: Owner | undefined,
  added: { count: number },
): Node<V> {
  if (isBranch(node)) {
    const bit = 1 << ((leaf.hash >>> shift) & MASK);
    const index = popcount(node.bitmap & (bit - 1));
    if ((node.bitmap & bit) === 0) {
      added.count = 1;
      const children = inserted<Node<V>>(node.children, index, leaf);
      return { bitmap: node.bitmap | bit, children, owner };
    }
    const child = node.children[index]!;
    const replacement = insert(child, leaf, shift + BITS, owner, added);
    if (replacement === child) return node;
    if (owner !== undefined && node.owner === owner) {
      node.children[index] = replacement;
      return node;
    }
    const children = node.children.slice();
    children[index] = replacement;
    return { bitmap: node.bitmap, children, owner };
  }
  if (isLeaf(node) && node.key === leaf.key) {
    if (owner !== undefined && node.owner === owner) {
      node.value = leaf.value;
      return node;
    }
    return leaf;
  }
  if (node.hash !== leaf.hash) {
    added.count = 1;
    return fork(node, leaf, shift, owner);
  }
  const others = isLeaf(node) ? [node] : node.leaves.filter((other) => other.key !== leaf.key);
  added.count = isLeaf(node) || others.length === node.leaves.length ? 1 : 0;
  return { hash: leaf.hash, leaves: [...others, leaf] };
}

/** A branch above two nodes whose hashes differ, as deep as their first difference. */
function fork<V>(a: Leaf<V> | Collision<V>, b: Leaf<V>, shift: number, owner: Owner | undefined): Branch<V> {
  const ia = (a.hash >>> shift) & MASK;
  const ib = (b.hash >>> shift) & MASK;
  if (ia === ib) return { bitmap: 1 << ia, children: [fork(a, b, shift + BITS, owner)], owner };
  return { bitmap: (1 << ia) | (1 << ib), children: ia < ib ? [a, b] : [b, a], owner };
}

function remove<V>(node: Node<V>, hash: number, key: string, shift: number): Node<V> | undefined {
  if (isLeaf(node)) return undefined;
  if (!isBranch(node)) {
    const leaves = node.leaves.filter((leaf) => leaf.key !== key);
    return leaves.length === 1 ? leaves[0] : { hash, leaves };
  }
  const bit = 1 << ((hash >>> shift) & MASK);
  const index = popcount(node.bitmap & (bit - 1));
  const child = remove(node.children[index]!, hash, key, shift + BITS);
  const children = node.children.slice();
  if (child === undefined) children.splice(index, 1);
  else children[index] = child;
  if (children.length === 0) return undefined;
  if (children.length === 1 && !isBranch(children[0]!)) return children[0];
  return { bitmap: child === undefined ? node.bitmap ^ bit : node.bitmap, children, owner: undefined };
}
