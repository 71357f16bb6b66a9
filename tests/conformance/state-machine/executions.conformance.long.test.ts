// Long tier: all five thousand machines of the recording take 15 seconds.
import { expect, test } from 'vitest';
import { explained } from './executions/kinds.ts';
import { recorded } from './executions/recorded.ts';

/** How many machines show each deviation, some of them several. */
const counts = {
  'a template that selects nothing fails with States.Runtime': 628,
  'ResultPath $ is a field of the name $': 203,
  'IsNull: false is never met': 150,
  'ResultPath makes an object of what is none': 76,
  'a Result of null is ignored': 38,
  'a Fail without Error has one': 36,
  'a path selects nothing in null, false, 0 and an empty text': 15,
  'States.TaskFailed means something in a Task alone': 10,
  'another branch or item comes first': 10,
  'of x.$ and x, the later one counts': 7,
  'an open escape in a pattern stands for nothing': 1,
};

test('our twin does what the package did, but for its deviations', async () => {
  const seen: Record<string, number> = {};
  const unexplained: unknown[] = [];
  for (const each of (await recorded()).cases) {
    const kinds = await explained(each, each.outcome);
    if (kinds === undefined) unexplained.push(each);
    for (const kind of kinds ?? []) seen[kind] = (seen[kind] ?? 0) + 1;
  }
  expect(unexplained).toEqual([]);
  expect(seen).toEqual(counts);
});
