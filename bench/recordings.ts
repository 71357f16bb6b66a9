/** How fast the model is held against the recordings of this repository: reading, transitions, laws and comparison, on one core. */
import { median } from './statistics.ts';

export interface RecordingSpeed {
  readonly file: string;
  readonly commands: number;
  readonly commandsPerSecond: number;
}

const files = [
  'pgflow/recordings/0.1.20-samples',
  'pgflow/recordings/0.8.1-samples',
  'pgmq/recordings/1.11.1-samples',
  'event-store/recordings/uuid-original',
];
/** Before anything is measured: compiling takes as long as a few of them. */
const warming = 4;

export async function measureRecordings(rounds: number): Promise<RecordingSpeed[]> {
  // The package as it was built, since it reads its own version.
  const built = new URL('../../../dist/harness/index.js', import.meta.url).href;
  const { verifyRecording } = (await import(built)) as typeof import('../src/harness/index.ts');
  const speeds: RecordingSpeed[] = [];
  for (const file of files) {
    const recording = `tests/conformance/${file}.jsonl.gz`;
    const found: number[] = [];
    let commands = 0;
    for (let round = -warming; round < 3 * rounds; round++) {
      const report = await verifyRecording({ recording });
      if (report.divergence) throw new Error(`${file} diverged; see pgtwin verify --recording`);
      commands = report.commands;
      if (round >= 0) found.push(commands / report.seconds);
    }
    speeds.push({ file, commands, commandsPerSecond: median(found) });
  }
  return speeds;
}
