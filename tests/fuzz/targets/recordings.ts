/** Recordings: lines that were changed, and bytes that were cut. */
import { readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { verifyRecording } from '../../../src/harness/recordings.ts';
import type { Target } from '../fuzz.ts';
import { mutatedJson } from '../mutated-json.ts';
import { outcomeOf } from '../outcome.ts';

const files = [
  'pgflow/recordings/0.8.1-kept',
  'pgmq/recordings/1.11.1-kept',
  'event-store/recordings/text-kept',
];

/** The heading, one short trace and the end of each. */
function shortOnes(): unknown[][] {
  return files.flatMap((file) => {
    const bytes = readFileSync(join(import.meta.dirname, '../../conformance', `${file}.jsonl.gz`));
    const [heading, ...lines] = gunzipSync(bytes)
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    return lines.flatMap((line, at) => {
      if (!('trace' in line) || line.commands === 0 || line.commands > 6) return [];
      const commands = lines.slice(at + 1, at + 1 + line.commands);
      return [
        [heading, { ...line, trace: 0 }, ...commands, { end: { traces: 1, commands: commands.length } }],
      ];
    });
  });
}

const folder = mkdtemp(join(tmpdir(), 'pgtwin-fuzz-'));
let written = 0;

export const recordings: Target = {
  name: 'recordings',
  arbitrary: () =>
    fc.record({
      text: mutatedJson(shortOnes()),
      /** Of the bytes; a whole file where it is more than there are. */
      cut: fc.oneof({ weight: 9, arbitrary: fc.constant(1e9) }, fc.nat(3000)),
    }),
  run: ({ text, cut }: { text: string; cut: number }) =>
    outcomeOf(async () => {
      const file = join(await folder, `${written++ % 50}.jsonl.gz`);
      await writeFile(file, gzipSync(linesOf(text)).subarray(0, cut));
      await verifyRecording({ recording: file });
    }),
};

/** A line for each member, or the text as it is. */
function linesOf(text: string): string {
  try {
    const members = JSON.parse(text);
    return Array.isArray(members) ? members.map((member) => `${JSON.stringify(member)}\n`).join('') : text;
  } catch {
    return text.replaceAll('},{', '}\n{');
  }
}
