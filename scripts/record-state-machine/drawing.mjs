/** Random traces: a machine, a run of it, and in which order and when its messages and tasks come. */
import { drawnLater, fc } from '../../src/harness/contract/fast-check.ts';
import { machines, resources } from '../../src/harness/state-machine/fornext/arbitrary/machines.ts';
import { isOfWhole, isWide } from '../../src/harness/state-machine/fornext/arbitrary/made-machines.ts';
import { inputs, wholeInputs } from '../../src/harness/state-machine/fornext/arbitrary/paths.ts';
import { changed } from './changed.mjs';

const machine = 'm';
/** A text with the character of code 0 is no jsonb. */
export const isJsonb = (value) => !JSON.stringify(value).includes('\\u0000');
/** Mostly such as paths find something in. */
const given = drawnLater(() =>
  fc
    .oneof({ weight: 3, arbitrary: inputs }, { weight: 1, arbitrary: anyValue })
    .filter((value) => isJsonb(value)),
);
/** Numbers as a double and a jsonb both have them, and texts that Go and JSON write in other ways. */
const anyValue = drawnLater(() => {
  const numbers = fc.oneof(
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }).map((number) => number + 0),
  );
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('<b>&amp;</b>', '\u2028\u2029', '"\\', '\t\r\n', '2030-01-01T00:00:00Z', '7', 'null'),
  );
  const keys = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'r', 's', 'x y', '$', '');
  return fc.letrec((tie) => ({
    leaf: fc.oneof(numbers, texts, fc.boolean(), fc.constant(null)),
    value: fc.oneof(
      { maxDepth: 4 },
      tie('leaf'),
      fc.dictionary(keys, tie('value'), { maxKeys: 6 }),
      fc.array(tie('value'), { maxLength: 4 }),
    ),
  })).value;
});

function drawn(random, arbitrary) {
  return fc.sample(arbitrary, { seed: random.integer(1, 2 ** 31 - 1), numRuns: 1 })[0];
}

/** A machine, what it is given, and who carries out its tasks. */
export function drawRun(random) {
  const found = drawn(random, machines(random.integer(0, 999) / 1000));
  const most = random.one([0, 0, 0, 2, 5, 12]);
  const made = isWide(found) && random.percent(50) ? withTasks(found) : found;
  const definition = changed(random, made, random.integer(0, most));
  const handlers = random.percent(8) ? random.one([[resources[0]], []]) : undefined;
  return { definition, input: drawn(random, inputOf(definition, random)), ...(handlers && { handlers }) };
}

/** Whoever ends a task waits for room where a queue is full. */
const withTasks = (definition) =>
  JSON.parse(JSON.stringify(definition).replaceAll('"Type":"Wait"', '"Type":"Task","Resource":"work"'));

function inputOf(definition, random) {
  if (isWide(definition) && random.percent(80)) {
    const size = random.one([30, 49, 50, 51, 96, 97, 98, 99, 100, 101]);
    return fc.constant(Array.from({ length: size }, (_, i) => i));
  }
  return isOfWhole(definition) ? wholeInputs : given;
}

/** Draws the next command; what is seen of the original tells it what there is to do. */
export class Drawing {
  #random;
  #trace;
  #begun;
  #oddness;
  /** Whether what comes of a task is what it was given. */
  #isEcho;
  #asked = 0;
  /** Of the next command, in milliseconds since the trace began. No two have the same, so that no two Waits end together. */
  at = 0;

  constructor(random, trace, { definition, answers, ...run }) {
    this.#random = random;
    this.#trace = trace;
    this.#begun = [
      { type: 'create_machine', machine, definition },
      { type: 'run', machine, ...run },
    ];
    this.#isEcho = answers === 'its input';
    // In most traces no message comes twice, and no clock is set.
    this.#oddness = this.#isEcho ? 0 : random.one([0, 0, 0, 0, 0, 0, 1, 4]);
  }

  /** Undefined where nothing is left to do. */
  next() {
    const [first] = this.#begun.splice(0, 1);
    if (first) {
      this.at += this.#asked++;
      return first;
    }
    const { due } = this.#trace;
    const at = this.at + this.#wait();
    const command = at >= due && !this.#trace.isOver ? { type: 'tick' } : this.#next();
    this.at = command?.type === 'tick' ? due : at;
    return command;
  }

  #wait() {
    const random = this.#random;
    const most = random.weighted([
      [85, 1],
      [8, 50],
      [5, 3000],
      [1, 6000],
    ]);
    return random.integer(1, most);
  }

  #next() {
    const random = this.#random;
    const { queue, unread, open, due, isOver } = this.#trace;
    if (isOver) return this.#last();
    if (random.integer(0, 99) < this.#oddness) return this.#odd();
    const choices = [
      [queue.length > 0 ? 60 : 0, () => ({ type: 'deliver', executor: 1 })],
      [unread.length > 0 ? 6 : 0, () => this.#reading()],
      [open.length > 0 ? (queue.length >= 99 ? 40 : 9) : 0, () => this.#completion(open)],
      [queue.length === 0 && due < Infinity ? 20 : 0, () => ({ type: 'tick' })],
    ];
    if (choices.every(([weight]) => weight === 0)) return undefined;
    return random.weighted(choices)();
  }

  /** For longer than a trace lasts. */
  #reading() {
    return { type: 'read_tasks', vt: 1_000_000_000, qty: this.#random.integer(1, 4) };
  }

  /** Now and then it is tried once more. */
  #last() {
    return this.#random.percent(50) ? { type: 'deliver', executor: 1 } : undefined;
  }

  #completion(open) {
    const random = this.#random;
    const { msg_id, task_id, input, isRead } = random.one(open);
    const output = this.#isEcho ? input : drawn(random, given);
    return { type: 'complete_task', executor: 1, task_id, output, ...(isRead && { msg_id }) };
  }

  #odd() {
    const random = this.#random;
    const { wall, logical } = clockOf(random);
    return random.weighted([
      // No room for another one, where the original would wait.
      [this.#trace.queue.length < 99 ? 6 : 0, () => ({ type: 'duplicate', executor: 1 })],
      [1, () => ({ type: 'deliver', executor: 1 })],
      [1, () => this.#reading()],
      [1, () => ({ type: 'hlc_update', executor: 1, wall, logical })],
    ])();
  }
}

const uint32 = 2 ** 32 - 1;
const around = [0, 1, 5, 946_684_800, 1_893_456_000, 2 ** 31, uint32 - 1, uint32];
const clockOf = (random) => ({
  wall: random.percent(60) ? random.integer(0, uint32) : random.one(around),
  logical: random.percent(50) ? random.integer(0, uint32) : random.one(around),
});

/** What is asked of a clock's value alone. */
export function drawNumbers(random) {
  const value = () => (BigInt(random.integer(0, uint32)) << 32n) + BigInt(random.integer(0, uint32));
  const edges = [0n, 1n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 63n, 2n ** 64n - 1n];
  return random.weighted([
    [1, () => ({ type: 'as_uint64', ...clockOf(random) })],
    [1, () => ({ type: 'as_string', ...clockOf(random) })],
    [1, () => ({ type: 'parse_timestamp', value: String(random.percent(80) ? value() : random.one(edges)) })],
  ])();
}
