/** The indexed tree beside a sorted array: entries by key, and the first of those whose measure is small enough. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IndexedTree } from '../../../src/model/kernel/indexed-tree.ts';
import { expectSame, forAll } from '../../support/for-all.ts';

interface Item {
  readonly key: number;
  readonly measure: number;
}

// Around the width of a node and its powers, where the tree grows; and beyond what bit operations reach.
const keys = fc.oneof(
  { weight: 6, arbitrary: fc.nat({ max: 40 }) },
  { weight: 2, arbitrary: fc.constantFrom(15, 16, 17, 255, 256, 257, 4095, 4096) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      2 ** 28 - 1,
      2 ** 28,
      2 ** 31,
      2 ** 32 - 1,
      2 ** 32,
      2 ** 32 + 1,
      2 ** 40 + 5,
      2 ** 52,
      Number.MAX_SAFE_INTEGER,
    ),
  },
);
const measures = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constantFrom(Infinity, -Infinity, 1e15));
const edits = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ type: fc.constant('set' as const), key: keys, measure: measures }),
    },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('delete' as const), key: keys }) },
    {
      weight: 2,
      arbitrary: fc.record({ type: fc.constant('move' as const), from: keys, key: keys, measure: measures }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('hand out' as const) }) },
  ),
  { maxLength: 120, size: 'max' },
);
type Edits = typeof edits extends fc.Arbitrary<infer T> ? T : never;

const empty = () => IndexedTree.empty<Item>((item) => item.measure);

/** A plain array, sorted by key. */
class Reference {
  readonly items: readonly Item[];
  constructor(items: readonly Item[] = []) {
    this.items = items;
  }

  set(item: Item): Reference {
    return new Reference([...this.delete(item.key).items, item].sort((a, b) => a.key - b.key));
  }

  delete(key: number): Reference {
    return new Reference(this.items.filter((item) => item.key !== key));
  }
}

const isEven = ({ measure }: Item) => measure % 2 === 0;

function expectItems(tree: IndexedTree<Item>, { items }: Reference): void {
  expectSame(tree.size, items.length);
  expectSame(tree.values(), items);
  expectSame(tree.least, Math.min(...items.map(({ measure }) => measure)));
  for (const { key } of items) expectSame(tree.get(key)?.key, key);
  expectSame(
    tree.entries(),
    items.map((item) => [item.key, item]),
  );
  expectSame(tree.last, items.at(-1));
  for (const key of [-1, 0, 15, 41, 300, 2 ** 30, 2 ** 53 - 2, ...items.map((item) => item.key)]) {
    expectSame(
      tree.get(key),
      items.find((item) => item.key === key),
    );
    expectSame(
      tree.after(key),
      items.find((item) => item.key > key),
    );
  }
  for (const limit of [-Infinity, -3, 0, 2, Infinity]) {
    const small = items.filter(({ measure }) => measure <= limit);
    for (const count of [0, 1, 3, Infinity]) {
      expectSame(tree.first(count, limit), small.slice(0, count));
      expectSame(tree.first(count, limit, isEven), small.filter(isEven).slice(0, count));
    }
  }
}

/** Carries out the edits on both; each draft between two hand-outs has an owner of its own. */
function edit(start: { tree: IndexedTree<Item>; reference: Reference }, list: Edits, owned: boolean) {
  let { tree, reference } = start;
  let owner = owned ? {} : undefined;
  const versions: (typeof start)[] = [];
  for (const each of list) {
    switch (each.type) {
      case 'set': {
        const { key, measure } = each;
        tree = tree.set(key, { key, measure }, owner);
        reference = reference.set({ key, measure });
        break;
      }
      case 'move': {
        const { from, key, measure } = each;
        tree = tree.move(from, key, { key, measure }, owner);
        reference = reference.delete(from).set({ key, measure });
        break;
      }
      case 'delete':
        tree = tree.delete(each.key, owner);
        reference = reference.delete(each.key);
        break;
      case 'hand out':
        owner = owned ? {} : undefined;
    }
    if (each.type === 'hand out' || !owned) versions.push({ tree, reference });
  }
  return { tree, reference, versions };
}

const nothing = () => ({ tree: empty(), reference: new Reference() });

describe('an indexed tree', () => {
  it('finds what a sorted array finds after the same edits', () => {
    forAll(edits, 200, (list) => {
      const { tree, reference } = edit(nothing(), list, false);
      expectItems(tree, reference);
    });
  });

  it('keeps every version as it was, where no draft owns it', () => {
    forAll(edits, 25, (list) => {
      for (const { tree, reference } of edit(nothing(), list, false).versions) expectItems(tree, reference);
    });
  });

  it('keeps every version that was handed out before the next draft began', () => {
    forAll(edits, 100, (list) => {
      const { tree, reference, versions } = edit(nothing(), list, true);
      expectItems(tree, reference);
      for (const version of versions) expectItems(version.tree, version.reference);
    });
  });

  it('shows two drafts of one version nothing of each other', () => {
    forAll(fc.tuple(edits, edits, edits), 60, ([before, one, other]) => {
      const start = edit(nothing(), before, true);
      const first = edit(start, one, true);
      const second = edit(start, other, true);
      for (const { tree, reference } of [start, first, second]) expectItems(tree, reference);
    });
  });

  it('finds what a sorted array finds when it is three levels high, in whatever order it grew and shrank', () => {
    const count = 700;
    const orders = [
      (n: number) => n,
      (n: number) => count - n,
      // Every number below 701 once, as 701 is a prime.
      (n: number) => (n * 257) % (count + 1),
    ];
    for (const [grown, shrunk] of orders.flatMap((one) => orders.map((other) => [one, other] as const))) {
      for (const owner of [undefined, {}]) {
        let { tree, reference } = nothing();
        for (let n = 1; n <= count; n++) {
          const item = { key: grown(n), measure: (n * 31) % 17 };
          tree = tree.set(item.key, item, owner);
          reference = reference.set(item);
        }
        expectItems(tree, reference);
        for (let n = 1; n <= count - 5; n++) {
          tree = tree.delete(shrunk(n), owner);
          reference = reference.delete(shrunk(n));
          if (n % 100 === 0) expectItems(tree, reference);
        }
        expectItems(tree, reference);
      }
    }
  });

  it('moves an entry behind all others as if it were deleted and set', () => {
    const few = fc.array(fc.tuple(fc.nat({ max: 25 }), measures), { maxLength: 60 });
    forAll(fc.tuple(fc.integer({ min: 1, max: 20 }), few), 200, ([count, moves]) => {
      let { tree, reference } = nothing();
      for (let key = 0; key < count; key++) {
        tree = tree.set(key, { key, measure: key % 3 });
        reference = reference.set({ key, measure: key % 3 });
      }
      const start = { tree, reference };
      for (const [n, [place, measure]] of moves.entries()) {
        const from = reference.items[place]?.key ?? -1;
        const item = { key: count + n, measure };
        tree = tree.move(from, item.key, item);
        reference = reference.delete(from).set(item);
      }
      expectItems(tree, reference);
      expectItems(start.tree, start.reference);
    });
  });

  it('is empty again when all is deleted, however large it was', () => {
    forAll(fc.uniqueArray(keys, { maxLength: 40 }), 100, (list) => {
      let tree = empty();
      for (const key of list) tree = tree.set(key, { key, measure: key });
      for (const key of list) tree = tree.delete(key);
      expectItems(tree, new Reference());
      expectItems(tree.set(3, { key: 3, measure: 0 }), new Reference([{ key: 3, measure: 0 }]));
    });
  });

  it('is itself where there is nothing to delete', () => {
    const tree = empty().set(1, { key: 1, measure: 0 });
    expect(tree.delete(2)).toBe(tree);
    expect(tree.delete(2 ** 40)).toBe(tree);
  });

  it('asks no more values than the first that are small enough, whatever stands in front of them', () => {
    let asked = 0;
    let tree = empty();
    for (let key = 1; key <= 5000; key++) tree = tree.set(key, { key, measure: key <= 4990 ? 100 : 0 });
    const found = tree.first(3, 50, () => {
      asked++;
      return true;
    });
    expect(found.map(({ key }) => key)).toEqual([4991, 4992, 4993]);
    expect(asked).toBe(3);
  });
});
