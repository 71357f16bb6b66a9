/** The persistent map beside a JavaScript `Map`: the same entries, and every version of it kept. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Owner, PersistentMap } from '../../../src/model/kernel/persistent-map.ts';
import { expectSame, forAll } from '../../support/for-all.ts';

// Found by search: keys with the same FNV-1a hash of 32 bits, three and three and two of them ...
const colliding = ['4na2', '6kh7w', '7kl9h', '4na3', '6kh7v', '7kl9i', 'costarring', 'liquid'];
// ... and keys whose finished hash shares its low 19 to 25 bits with the first three: the trie is deepest there.
const close = ['vp75', '1skjc', 'k31n', 'x718', '26xv4', '2xbs5', '4i2t', '2pvbm', '3fqsl', '1cqyv', '48hfv'];

const keys = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...colliding) },
  { weight: 4, arbitrary: fc.constantFrom(...close) },
  { weight: 2, arbitrary: fc.constantFrom('', '__proto__', 'constructor', 'toString') },
  { weight: 3, arbitrary: fc.nat({ max: 2000 }).map(String) },
);

const value = fc.nat();
const edits = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ type: fc.constant('set' as const), key: keys, value }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('delete' as const), key: keys }) },
    // The next draft begins: the map as it is now is somebody's state from here on.
    { weight: 1, arbitrary: fc.record({ type: fc.constant('hand out' as const) }) },
  ),
  { maxLength: 200, size: 'max' },
);

const sorted = <V>(entries: Iterable<readonly [string, V]>) =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([key, value]) => [key, value]);

function expectEntries(map: PersistentMap<number>, expected: ReadonlyMap<string, number>): void {
  expectSame(map.size, expected.size);
  expectSame(sorted(map), sorted(expected));
  expectSame([...map.values()].sort(), [...expected.values()].sort());
  for (const key of [...colliding, ...close, ...expected.keys(), 'not there']) {
    expectSame(map.get(key), expected.get(key));
    expectSame(map.has(key), expected.has(key));
  }
}

const fnv1a = (key: string) =>
  [...key].reduce((hash, char) => Math.imul(hash ^ char.charCodeAt(0), 0x01000193), 0x811c9dc5);

describe('a persistent map', () => {
  it('is tried with keys that collide', () => {
    expect(new Set(colliding.map(fnv1a)).size).toBe(3);
  });

  it('holds what a Map holds after the same edits', () => {
    forAll(edits, 200, (list) => {
      let map = PersistentMap.empty<number>();
      const expected = new Map<string, number>();
      for (const edit of list) {
        if (edit.type === 'set') {
          map = map.set(edit.key, edit.value);
          expected.set(edit.key, edit.value);
        } else if (edit.type === 'delete') {
          map = map.delete(edit.key);
          expected.delete(edit.key);
        }
        expectSame(map.size, expected.size);
      }
      expectEntries(map, expected);
    });
  });

  it('keeps every version as it was, where no draft owns it', () => {
    forAll(edits, 60, (list) => {
      let map = PersistentMap.empty<number>();
      const versions: { map: PersistentMap<number>; entries: Map<string, number> }[] = [];
      for (const edit of list) {
        if (edit.type === 'set') map = map.set(edit.key, edit.value);
        if (edit.type === 'delete') map = map.delete(edit.key);
        versions.push({ map, entries: new Map(map) });
      }
      for (const { map, entries } of versions) expectEntries(map, entries);
    });
  });

  it('keeps every version that was handed out before the next draft began', () => {
    forAll(edits, 200, (list) => {
      let map = PersistentMap.empty<number>();
      let owner: Owner = {};
      const expected = new Map<string, number>();
      const handedOut: { map: PersistentMap<number>; entries: Map<string, number> }[] = [];
      for (const edit of list) {
        switch (edit.type) {
          case 'set':
            map = map.set(edit.key, edit.value, owner);
            expected.set(edit.key, edit.value);
            break;
          case 'delete':
            map = map.delete(edit.key);
            expected.delete(edit.key);
            break;
          case 'hand out':
            handedOut.push({ map, entries: new Map(expected) });
            owner = {};
        }
      }
      expectEntries(map, expected);
      for (const { map, entries } of handedOut) expectEntries(map, entries);
    });
  });

  it('shows two drafts of one version nothing of each other', () => {
    forAll(fc.tuple(edits, edits, edits), 60, ([before, one, other]) => {
      const draft = (start: PersistentMap<number>, list: typeof before) => {
        const owner = {};
        const entries = new Map(start);
        let map = start;
        for (const edit of list) {
          if (edit.type === 'set') {
            map = map.set(edit.key, edit.value, owner);
            entries.set(edit.key, edit.value);
          }
          if (edit.type === 'delete') {
            map = map.delete(edit.key);
            entries.delete(edit.key);
          }
        }
        return { map, entries };
      };
      const start = draft(PersistentMap.empty(), before);
      const first = draft(start.map, one);
      const second = draft(start.map, other);
      for (const { map, entries } of [start, first, second]) expectEntries(map, entries);
    });
  });

  it('has the same keys with other values, and stays as it was', () => {
    forAll(fc.tuple(edits, edits), 60, ([list, later]) => {
      let map = PersistentMap.empty<number>();
      const owner = {};
      for (const edit of list) if (edit.type === 'set') map = map.set(edit.key, edit.value, owner);
      const before = new Map(map);
      const lengths = new Map([...before].map(([key, value]) => [key, value + key.length]));
      let other = map.map((value, key) => value + key.length);
      expectEntries(other, lengths);
      for (const edit of later) {
        if (edit.type !== 'set') continue;
        other = other.set(edit.key, edit.value, owner);
        lengths.set(edit.key, edit.value);
      }
      expectEntries(other, lengths);
      expectEntries(map, before);
    });
  });

  it('is itself where there is nothing to delete', () => {
    const map = PersistentMap.empty<number>().set('a', 1);
    expect(map.delete('b')).toBe(map);
    expect(PersistentMap.empty().delete('a')).toBe(PersistentMap.empty());
  });
});
