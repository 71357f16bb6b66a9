/** Some of what the npm package aws-local-stepfunctions did with random machines, and that another answer would be noticed. */
import { expect, test } from 'vitest';
import type { Outcome } from './executions/executing.ts';
import { explained } from './executions/kinds.ts';
import { type Recorded, recorded } from './executions/recorded.ts';

const { heading, cases } = await recorded();
const every = (step: number, of: readonly Recorded[] = cases) => of.filter((_, i) => i % step === 0);

test('its heading says what made it', () => {
  expect(heading.original).toEqual({ name: 'aws-local-stepfunctions', version: '3.0.0', license: 'MIT' });
  expect(Object.keys(heading.versions as object)).toEqual(['node', 'fast-check']);
  expect(heading.seed).toBeGreaterThan(0);
  expect(cases).toHaveLength(heading.executions as number);
});

test('our twin does what the package did, but for its deviations', async () => {
  for (const each of every(10))
    expect(await explained(each, each.outcome), JSON.stringify(each)).not.toBe(undefined);
});

const plain = cases.filter(({ outcome }) => 'output' in outcome);
const failing = cases.filter(({ outcome }) => 'error' in outcome);

test.each<[string, readonly Recorded[], Outcome]>([
  ['another output', plain, { output: { planted: true } }],
  ['a failure', plain, { error: 'E9' }],
  ['a failure that others have', plain, { error: 'States.ResultPathMatchFailure' }],
  ['another error', failing, { error: 'E9' }],
  ['a success', failing, { output: { planted: true } }],
])('a recording with %s is noticed', async (_, of, planted) => {
  for (const each of every(100, of)) {
    const isAgreed = (await explained(each, each.outcome))?.length === 0;
    if (isAgreed) expect(await explained(each, planted), JSON.stringify(each)).toBe(undefined);
  }
});
