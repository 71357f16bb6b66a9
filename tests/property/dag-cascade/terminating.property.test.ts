/** `terminate_on_failure`: which nodes start nothing when they fail. */
import { describe, expect, it } from 'vitest';
import type { Dependency, FlowConfiguration } from '../../../src/model/dag-cascade/state.ts';
import { hasCycle, nodesBelow, terminatesOnFailure } from '../../../src/model/dag-cascade/walk-flow.ts';
import { arbitraryNodes } from '../../support/dag-cascade-runs.ts';
import { expectSame, forAll } from '../../support/for-all.ts';

/** `b < a` depends on a; `b <? a` goes on if that fails. */
function flow(...lines: readonly string[]): FlowConfiguration {
  const parsed = lines.map((line) => line.split(/ (?=<)/));
  return {
    ...{ flow: 'f', concurrency_group_routine: null },
    nodes: new Map(parsed.map(([node]) => [node!, null])),
    dependencies: parsed.flatMap(([child, ...parents]) =>
      parents.map((each) => ({
        child: child!,
        parent: each.replace(/^<\?? /, ''),
        continue_on_failure: each.startsWith('<?'),
      })),
    ),
  };
}

const those = (configuration: FlowConfiguration) =>
  [...terminatesOnFailure(configuration)]
    .filter(([, terminates]) => terminates)
    .map(([node]) => node)
    .sort()
    .join(' ');

describe('a failure starts nothing', () => {
  it.each([
    ['where no edge goes on', ['a', 'b < a', 'c < b'], 'a b c'],
    ['below the last edge that goes on', ['a', 'b <? a', 'c < b'], 'c'],
    ['but in all nodes above an edge that goes on', ['a', 'b < a', 'c <? b', 'd < c', 'e < a'], 'd e'],
    ['in another branch than the edge', ['a', 'b <? a', 'c < a', 'd < c'], 'c d'],
    [
      'but in every node of a diamond that has one on either side',
      ['a', 'b < a', 'c < a', 'd < b <? c'],
      'b',
    ],
    ['in a root of its own', ['a', 'b', 'c <? a'], 'b'],
  ])('%s', (_, lines, expected) => {
    expect(those(flow(...lines))).toBe(expected);
  });

  it('but in both ends of edges that go on, and in all that their beginnings depend on', () => {
    forAll(arbitraryNodes, 300, (nodes) => {
      const dependencies = nodes.flatMap(({ node, dependencies: own }) =>
        own!.map((each) => ({ child: node!, ...each }) as Dependency),
      );
      const goOn = new Set<string>();
      const add = (name: string): void => {
        goOn.add(name);
        for (const { parent } of dependencies.filter(({ child }) => child === name)) add(parent);
      };
      for (const { parent, child, continue_on_failure } of dependencies) {
        if (!continue_on_failure) continue;
        // Surprise: not in the other parents of its end.
        add(parent);
        goOn.add(child);
      }
      const configuration = {
        ...{ flow: 'f', concurrency_group_routine: null, dependencies },
        nodes: new Map(nodes.map(({ node }) => [node!, null])),
      };
      const found = terminatesOnFailure(configuration);
      expectSame(
        nodes.map(({ node }) => found.get(node!)),
        nodes.map(({ node }) => !goOn.has(node!)),
      );
      expectSame(hasCycle(configuration), false);
    });
  });
});

it('nothing is known of a node that no way from a root leads to', () => {
  const configuration = flow('a', 'b < a < c', 'c < b', 'd <? d');
  expect([...terminatesOnFailure(configuration).keys()].sort()).toEqual(['a', 'b', 'c']);
  expect(hasCycle(configuration)).toBe(true);
  expect([...terminatesOnFailure(flow('d <? d'))]).toEqual([]);
});

/** One below the other, each with two nodes side by side: as many ways as two to the power of their number. */
const diamonds = (count: number) =>
  flow(
    'n0',
    ...Array.from({ length: count }, (_, i) => [
      `l${i} < n${i}`,
      `r${i} < n${i}`,
      `n${i + 1} < l${i} <? r${i}`,
    ]).flat(),
  );

it('is told at once where there are more ways than could be walked', () => {
  expect(those(diamonds(40))).toBe('l39');
  expect([...nodesBelow(diamonds(40), 'n39')].sort()).toEqual(['l39', 'n39', 'n40', 'r39']);
});

it('is told along ways of at most a hundred edges', () => {
  const chain = (length: number) =>
    flow('n0', ...Array.from({ length }, (_, i) => `n${i + 1} <${i + 1 === length ? '?' : ''} n${i}`));
  expect(those(chain(100))).toBe('');
  expect(terminatesOnFailure(chain(101)).has('n100')).toBe(true);
  expect(terminatesOnFailure(chain(101)).has('n101')).toBe(false);
  expect(terminatesOnFailure(chain(101)).get('n0')).toBe(true);
  expect(nodesBelow(chain(101), 'n3').size).toBe(98);
});
