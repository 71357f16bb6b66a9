/** Model, bare PGlite and `verify` on the same traces, taking turns so that a slow minute hits them alike. */
import { BarePGlite } from './bare.ts';
import { modelRefusals, runModel } from './model-alone.ts';
import type { BenchOptions } from './options.ts';
import type { Recording } from './recording.ts';
import { median } from './statistics.ts';
import { Databases } from './whole-verify.ts';

export interface Contestant {
  readonly commandsPerSecond: number;
  readonly samplesPerSecond: number;
  /** Of each round, for one pass over the recording. */
  readonly seconds: readonly number[];
}

export interface Throughput {
  readonly release: string;
  readonly samples: number;
  /** Of all samples. */
  readonly commands: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly model: Contestant;
  readonly bare: Contestant;
  readonly verifyOneWorker: Contestant;
  readonly verifyTwoWorkers: Contestant;
  /** Commands/s of the model to those of bare PGlite; wall time of `verify` to that of bare PGlite. Medians of the rounds' ratios. */
  readonly ratios: {
    readonly modelToBare: number;
    readonly verifyOneWorkerToBare: number;
    readonly verifyTwoWorkersToBare: number;
  };
}

export async function measureThroughput(
  recording: Recording,
  options: BenchOptions,
  tell: (what: string) => void,
): Promise<Throughput> {
  const bare = await BarePGlite.open(recording);
  const databases = await Databases.open(recording.release, 2).catch(async (error) => {
    await bare.close();
    throw error;
  });
  try {
    tell(`${recording.release.release}, warming up`);
    runModel(recording, options.modelMs / 2);
    await warmUp(bare, databases, recording, options);
    const rounds = [];
    for (let round = 1; round <= options.rounds; round++) {
      tell(`${recording.release.release}, round ${round} of ${options.rounds}`);
      const model = runModel(recording, options.modelMs);
      const { seconds } = await bare.pass();
      const one = await databases.campaign(options, 1);
      const two = await databases.campaign(options, 2);
      rounds.push({ model, bare: seconds, one, two });
      await bare.maintain();
      await databases.maintain();
    }
    const contestant = (seconds: readonly number[]): Contestant => ({
      commandsPerSecond: recording.commands / median(seconds),
      samplesPerSecond: recording.samples.length / median(seconds),
      seconds,
    });
    return {
      release: recording.release.release,
      samples: recording.samples.length,
      commands: recording.commands,
      versions: databases.versions,
      model: contestant(rounds.map(({ model }) => model)),
      bare: contestant(rounds.map(({ bare }) => bare)),
      verifyOneWorker: contestant(rounds.map(({ one }) => one)),
      verifyTwoWorkers: contestant(rounds.map(({ two }) => two)),
      ratios: {
        modelToBare: median(rounds.map(({ model, bare }) => bare / model)),
        verifyOneWorkerToBare: median(rounds.map(({ one, bare }) => one / bare)),
        verifyTwoWorkersToBare: median(rounds.map(({ two, bare }) => two / bare)),
      },
    };
  } finally {
    await bare.close();
    await databases.close();
  }
}

/** Also shows that bare PGlite does what the model says, and so the same work as `verify`. */
async function warmUp(
  bare: BarePGlite,
  databases: Databases,
  recording: Recording,
  options: BenchOptions,
): Promise<void> {
  const expected = modelRefusals(recording);
  const { refusals } = await bare.pass();
  if (refusals !== expected) {
    throw new Error(`bare PGlite refused ${refusals} calls, the model ${expected}`);
  }
  await databases.campaign({ ...options, samples: Math.min(20, options.samples) }, 2);
}
