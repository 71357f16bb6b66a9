import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runCampaign } from '../../../src/harness/campaign/campaign.ts';
import { arbitraryTrace, generateTrace } from '../../../src/harness/campaign/generate.ts';
import { SampleError } from '../../../src/harness/campaign/sample-error.ts';
import type { TraceEntry } from '../../../src/harness/contract/trace.ts';
import { executeTrace } from '../../../src/harness/lockstep/lockstep.ts';
import { ModelBug } from '../../../src/model/kernel/assert.ts';
import { type Batch, DriverError } from '../../../src/sql/driver.ts';
import {
  openToyDriver,
  type ToyBug,
  type ToyCommand,
  type ToyDriverOptions,
  toyMachine,
  toyRelease,
} from './toy-engine.ts';

const aboveTwenty: ToyBug = (sum) => (sum > 20 ? sum + 1 : sum);

function toyCampaign(
  options: Partial<Parameters<typeof runCampaign>[1]> = {},
  driver: ToyDriverOptions = {},
) {
  const opened: ReturnType<typeof openToyDriver>[] = [];
  const openDriver = async () => {
    const next = openToyDriver(driver);
    opened.push(next);
    return next;
  };
  const report = runCampaign(toyRelease, { openDriver, samples: 40, maxCommands: 30, ...options });
  return { report, opened };
}

describe('a sample', () => {
  it('is the same trace, byte for byte, whenever its seed and index are', () => {
    const draw = (seed: number, index: number) =>
      JSON.stringify(generateTrace(toyRelease, { seed, index, maxCommands: 30 }));
    const traces = Array.from({ length: 50 }, (_, index) => draw(7, index));
    expect(new Set(traces).size).toBe(50);
    expect([...traces].reverse()).toEqual(Array.from({ length: 50 }, (_, i) => draw(7, 49 - i)));
    expect(draw(8, 3)).not.toBe(traces[3]);
    expect(draw(7 + 2 ** 40, 3)).not.toBe(traces[3]);
  });

  it('has 1 to maxCommands commands and a clock that never runs backwards', () => {
    for (let index = 0; index < 200; index++) {
      const { commands } = generateTrace(toyRelease, { seed: 1, index, maxCommands: 5 });
      expect(commands.length).toBeGreaterThan(0);
      expect(commands.length).toBeLessThanOrEqual(5);
      expect(commands.every(({ at }, i) => at >= (commands[i - 1]?.at ?? 0))).toBe(true);
    }
  });

  it('can be used in a property of one’s own, where it shrinks too', async () => {
    const driver = openToyDriver({ bug: aboveTwenty });
    const details = await fc.check(
      fc.asyncProperty(arbitraryTrace(toyRelease, 30), async (trace) => {
        const { divergence } = await executeTrace(toyRelease, driver, trace);
        expect(divergence).toBe(null);
      }),
      { seed: 1 },
    );
    expect(details.failed).toBe(true);
    expect(details.counterexample![0].commands.length).toBeLessThanOrEqual(4);
  });
});

describe('a campaign', () => {
  it('agrees where both sides do the same, and says what it did', async () => {
    const { report, opened } = toyCampaign();
    const { divergence, samples, commands, unwitnessed, witnesses, interrupted, remarks } = await report;
    expect(divergence).toBe(null);
    expect(samples).toBe(40);
    expect(commands).toBeGreaterThan(400);
    expect(Object.values(witnesses).reduce((a, b) => a + b)).toBe(commands);
    expect(unwitnessed).toEqual([]);
    expect(interrupted).toBe(false);
    expect(remarks).toEqual([]);
    expect(opened.map((driver) => driver.isClosed)).toEqual([true]);
  });

  it('finds a planted difference and shrinks it to the few commands it takes', async () => {
    const { report } = toyCampaign({}, { bug: aboveTwenty });
    const { divergence } = await report;
    const { commands } = divergence!.trace;
    expect(commands.every(({ at }) => at === 0)).toBe(true);
    expect(commands[0]!.command.type).toBe('create');
    expect(new Set(commands.slice(1).map(({ command }) => command.type))).toEqual(new Set(['add']));
    expect(commands.length).toBeLessThanOrEqual(4);
    const amounts = divergence!.trace.commands.map(({ command }) =>
      'amount' in command ? command.amount : 0,
    );
    expect(amounts.reduce((a, b) => a + b)).toBe(21);
    expect(divergence!.position).toBe(commands.length - 1);
    expect(divergence!.differences.map(({ where, model, sql }) => [where, model, sql])).toEqual([
      ['result[0].value', 21, 22],
      ['counters[0].value', 21, 22],
    ]);
    expect(divergence!.differences[1]!.row).toMatch(/^name=[abc]$/);
    expect(divergence!.commandsBefore).toBeGreaterThan(3);
  });

  it('shrinks what commands share in all of them at once, where the engine says how', async () => {
    const release = {
      ...toyRelease,
      *simplifyTogether(entries: readonly TraceEntry<ToyCommand>[]) {
        yield entries.map(({ at, command }) => ({
          at,
          command: 'name' in command ? { ...command, name: '' } : command,
        }));
      },
    };
    const openDriver = async () => openToyDriver({ bug: aboveTwenty });
    const { divergence } = await runCampaign(release, { openDriver, samples: 40, maxCommands: 30 });
    const names = divergence!.trace.commands.map(({ command }) =>
      'name' in command ? command.name : 'none',
    );
    expect(new Set(names)).toEqual(new Set(['']));
  });

  it('reports the same whatever the number of workers and however fast each is', async () => {
    const run = async (workers: number, bug?: ToyBug) => {
      const before = () => new Promise<void>((resolve) => setTimeout(resolve, Math.random() < 0.05 ? 1 : 0));
      const { report } = toyCampaign({ workers, samples: 12, maxCommands: 10 }, { bug, before });
      const { seconds, samplesPerSecond, ...rest } = await report;
      return rest;
    };
    const alone = await run(1);
    expect(await run(3)).toEqual(alone);
    const aloneWithBug = await run(1, (sum) => (sum > 8 ? 0 : sum));
    expect(aloneWithBug.divergence).not.toBe(null);
    expect(await run(4, (sum) => (sum > 8 ? 0 : sum))).toEqual(aloneWithBug);
  });

  it('runs one sample by itself', async () => {
    const all = await toyCampaign({}, { bug: aboveTwenty }).report;
    const { sample } = all.divergence!;
    const alone = await toyCampaign({ firstSample: sample, samples: 1 }, { bug: aboveTwenty }).report;
    expect(alone.divergence).toEqual(all.divergence);
    expect(alone.samples).toBe(1);
  });

  it('names the branches that it never reached', async () => {
    const { unwitnessed, witnesses } = await toyCampaign({ samples: 1, maxCommands: 1 }).report;
    expect(Object.keys(witnesses)).toHaveLength(1);
    expect(unwitnessed).toHaveLength(toyMachine.witnesses.length - 1);
  });

  it('ends when it is told to, with a report of what was done and its databases closed', async () => {
    const controller = new AbortController();
    const onProgress = ({ samples }: { samples: number }) => {
      if (samples === 5) controller.abort();
    };
    const { report, opened } = toyCampaign({ samples: 1000, onProgress, signal: controller.signal });
    const { samples, interrupted, divergence } = await report;
    expect(interrupted).toBe(true);
    expect(samples).toBeGreaterThanOrEqual(5);
    expect(samples).toBeLessThan(10);
    expect(divergence).toBe(null);
    expect(opened.every((driver) => driver.isClosed)).toBe(true);
  });

  it('keeps to a budget in time', async () => {
    const { samples } = await toyCampaign({ forMs: 30, samples: undefined }).report;
    expect(samples).toBeGreaterThan(0);
    expect((await toyCampaign({ forMs: 0, samples: undefined }).report).samples).toBe(1);
  });

  it('carries on with fewer workers where one cannot be opened, and says so', async () => {
    let opened = 0;
    const openDriver = async () => {
      if (++opened > 1) throw new Error('out of memory');
      return openToyDriver();
    };
    const { samples, remarks } = await toyCampaign({ openDriver, workers: 2 }).report;
    expect(samples).toBe(40);
    expect(remarks).toEqual(['worker 2 could not be opened, so the others did its work: out of memory']);
  });
});

it('a trace that diverges early leaves nothing under way on its driver', async () => {
  const driver = openToyDriver({ bug: () => -1 });
  let underWay = 0;
  const watched = {
    ...driver,
    run: (batch: Batch) => {
      underWay++;
      return driver.run(batch).finally(() => underWay--);
    },
  };
  const add = { at: 0, command: { type: 'add', name: 'a', amount: 1 } } as const;
  const trace = {
    engine: 'toy',
    release: '2.0.0',
    startedAt: '2030-01-01T00:00:00.000Z',
    commands: [{ at: 0, command: { type: 'create', name: 'a' } } as const, ...Array(30).fill(add)],
  };
  const { divergence, commands } = await executeTrace(toyRelease, watched, trace);
  expect(divergence!.position).toBe(1);
  expect(commands).toBe(2);
  expect(underWay).toBe(0);
});

describe('what breaks is no divergence', () => {
  it('a bug in the model is told with seed, sample and trace', async () => {
    const release = {
      ...toyRelease,
      machine: {
        ...toyMachine,
        invariants: [
          { title: 'few', violation: (s: ReadonlyMap<string, unknown>) => (s.size > 1 ? '2' : undefined) },
        ],
      },
    };
    const openDriver = async () => openToyDriver({ bug: (sum) => (sum > 60 ? 0 : sum) });
    const error = await runCampaign(release, { openDriver, seed: 5, samples: 40 }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(SampleError);
    expect(error.cause).toBeInstanceOf(ModelBug);
    expect(error.cause.message).toMatch(/^after select toy\.create.*"few" does not hold: 2$/);
    expect(error.seed).toBe(5);
    expect(error.trace.commands.length).toBeGreaterThan(0);
  });

  it('a driver that breaks is told as such, and every database is closed', async () => {
    let batches = 0;
    const before = () => {
      if (++batches > 100) throw new DriverError('the worker thread exited with 1');
    };
    const { report, opened } = toyCampaign({ workers: 2 }, { before });
    const error = await report.catch((thrown) => thrown);
    expect(error).toBeInstanceOf(SampleError);
    expect(error.cause).toBeInstanceOf(DriverError);
    expect(opened.every((driver) => driver.isClosed)).toBe(true);
  });

  it('a bug in the model met while shrinking does not hide the divergence', async () => {
    const release = {
      ...toyRelease,
      *simplify() {
        yield { type: 'add', name: 'a', amount: 13 } as const;
      },
    };
    const openDriver = async () => openToyDriver({ bug: aboveTwenty });
    const { divergence, remarks } = await runCampaign(release, { openDriver, samples: 40 });
    expect(divergence).not.toBe(null);
    expect(remarks).toEqual(['while shrinking, a bug in the model: thirteen']);
  });
});
