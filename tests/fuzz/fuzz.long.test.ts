// Long tier: it tries inputs for half a minute.
/** A short run of the fuzzer, always the same; `npm run fuzz` goes on for as long as one likes. */
import { expect, test } from 'vitest';
import { fuzz } from './fuzz.ts';
import { targets } from './targets/index.ts';

const seed = 1;
/** What two slow cores try in half a minute; the time below is only for slower ones. */
const most = {
  traces: 450,
  'allowed differences': 700,
  'reports of mutants': 600,
  recordings: 300,
  'directories of migrations': 150,
  'migrations that are installed': 6,
  'command lines': 130,
  'flows, options and stubs': 1900,
  'calls of an event store': 7000,
  'texts in reports and pages': 400,
};

test('whatever is read, asked or handed over has an outcome that the documents know', async () => {
  const reports = await fuzz(targets, { ms: 200_000, seed, most });
  for (const { target, inputs, failure } of reports) {
    console.log(`${target}: ${inputs} inputs, seed ${seed}`);
    expect(failure, `${target}: ${failure?.input}`).toBeNull();
    expect(inputs).toBeGreaterThan(2);
  }
});

test('an outcome that no document knows is found, and shrunk', async () => {
  const { integer } = await import('fast-check');
  const broken = {
    name: 'broken',
    arbitrary: () => integer({ min: 0, max: 1000 }),
    run: (input: number) => {
      if (input > 100) throw new TypeError('input is not a function');
      return 'done';
    },
  };
  const [report] = await fuzz([broken], { ms: 5000, seed });
  expect(report!.failure).toMatchObject({ input: '101' });
});
