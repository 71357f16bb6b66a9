/** What tasks come to, drawn by who asks: always the same for the same question. */
import { createHash } from 'node:crypto';
import { comparable, type Json } from './values.ts';
import type { Asked, Outcome } from './world.ts';

const outputs: readonly Json[] = [
  ...[{ a: 1, b: 'x', c: [1, 2], s: 1 }, { c: [{ a: 1 }, 2, 'x'] }, 'done', 7, null, [1, 2, 3], {}],
  { a: 2, b: 'xy', c: [], d: { e: true, f: '2030-01-01T00:00:07Z', h: 'x' }, s: 2 },
];
const errors = ['E1', 'E1', 'E1', 'E2', 'E2', 'States.Timeout', 'States.Runtime', 'States.TaskFailed'];
const large = 'x'.repeat(262_143);

/** No whole seconds, as time limits and Waits are. */
const oddMs = (random: number) => 1000 * Math.floor(random / 1000) + 1 + 2 * (random % 499);

export function outcomes(salt: number): (asked: Asked) => Outcome {
  return ({ state, attempt, index, input }) => {
    const told = `${salt} ${state} ${attempt} ${index} ${comparable(input)}`;
    const bytes = createHash('sha256').update(told).digest();
    const number = (at: number) => bytes.readUInt32BE(at * 4);
    const kind = number(0) % 40;
    if (kind === 0) return { afterMs: Number.POSITIVE_INFINITY, output: null };
    if (kind === 1) return { afterMs: oddMs(number(1) % 3000), output: large };
    const afterMs = kind < 5 ? 0 : oddMs(number(1) % (kind < 12 ? 100_000 : 12_000));
    const beats = kind % 3 === 0 ? [7001, 19_003, 40_007].filter((beat) => beat < afterMs) : [];
    if (number(2) % 3 === 0)
      return { afterMs, beats, error: errors[number(3) % errors.length]!, cause: `why ${number(4) % 3}` };
    return { afterMs, beats, output: outputs[number(3) % outputs.length]! };
  };
}
