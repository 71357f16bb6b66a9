/** Random traces of the commands of the ledgers: most in an order that makes sense, and others in none. */

const seed = 999_000_000_000_000;
const triggerSeed = 888_000_001_000_001;

const jids = ['j1', 'j2', 'j3'];
const guids = Array.from({ length: 12 }, (_, i) => `g${i + 1}`);
const aids = ['t1', 'a1', 'a2', 'a3', 'a4'];
/** As children have them: the second leg is entered there too. */
const firstDads = [',0', ',0,0', ',0,0,0', ',0,12,0', ',0,2,0,0'];
const dads = [...firstDads, ',0,1', ',0,0,3', ',0,999999', ',0,2,0,7'];
const oddDads = ['', 'x', ',', '0', ',,', ',a,b'];

/** What a single command adds to an activity's ledger, at most. */
const mostAdded = 1e14;
/** Values near which something else comes of the next command. */
const edges = [
  0,
  seed,
  triggerSeed,
  899_000_000_000_000,
  889_000_000_000_000,
  888_000_000_000_000,
  799_000_000_000_000,
  -100_000_000_000_000,
  -10_000_000_000_000,
  99_000_000_000_000,
  100_000_000_000_000,
  10_000_000_000_000,
  8_000_000,
  99_999_999,
  100_000_000,
  1_000_000,
  2_000_000,
  889_999_999_000_000,
  889_999_998_000_001,
  889_000_000_999_999,
  890_000_000_000_000,
  900_000_000_000_000,
  989_000_000_000_000,
  888_999_999_999_999,
  1_000_000_000_000_000,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
];

/** Draws the next command of a trace; what is there tells it where it must not go on. */
export class LedgerTrace {
  #random;
  #ledgers;
  #oddness;
  /** One for each instance of an activity: what comes next in its life. */
  #lives;
  #told = [];

  constructor(random, ledgers) {
    this.#random = random;
    this.#ledgers = ledgers;
    // In some traces hardly anything is out of order, in others most.
    this.#oddness = random.one([2, 10, 25, 60]);
    this.#lives = Array.from({ length: random.integer(1, 4) }, () => this.#life());
  }

  next() {
    for (;;) {
      const command = this.#any();
      if (!this.#isTooFar(command)) {
        this.#told.push(command);
        return command;
      }
    }
  }

  #any() {
    const random = this.#random;
    if (!random.percent(this.#oddness)) {
      const at = random.integer(0, this.#lives.length - 1);
      const next = this.#lives[at].next().value;
      if (next) return next;
      this.#lives[at] = this.#life();
      return this.#any();
    }
    const draw = random.weighted([
      [3, () => random.one(this.#told) ?? this.#single()],
      [4, () => this.#single()],
      [3, () => this.#jump()],
      [3, () => this.#pure()],
    ]);
    return draw();
  }

  /** Of one instance: what the engine would do, one after the other. */
  *#life() {
    const random = this.#random;
    const at = this.#emptyPlace();
    const cycle = random.percent(30);
    const kind = random.one(['worker', 'worker', 'worker', 'passthrough', 'cycle', 'trigger', 'edge']);
    if (kind === 'edge') {
      yield { type: 'collate', ...at, amount: this.#value() };
      for (let count = random.integer(1, 3); count > 0; count--) {
        const command = this.#single();
        yield command.aid === undefined ? command : { ...command, ...at };
      }
      return;
    }
    if (kind === 'trigger') {
      const guid = random.percent(80) ? random.one(guids) : null;
      yield { type: 'collate', ...at, amount: triggerSeed };
      yield { type: 'notarize_inception', jid: at.jid, guid };
      if (random.percent(40)) yield { type: 'is_inception_overage', jid: at.jid, guid };
      return;
    }
    yield { type: 'collate', ...at, amount: seed };
    yield { type: 'notarize_entry', ...at };
    if (kind === 'cycle') return yield { type: 'notarize_early_exit', ...at };
    if (kind === 'passthrough') return yield { type: 'notarize_early_completion', ...at, cycle };
    yield { type: 'authorize_reentry', ...at };
    for (let pending = random.integer(0, 3); pending > 0; pending--) {
      yield { type: 'notarize_reentry', ...at, guid: random.one(guids) };
      yield { type: 'notarize_continuation', ...at };
      if (random.percent(30)) yield { type: 'get_dimensional_index', value: this.#ledgers.valueOf(at) };
    }
    for (let again = cycle ? random.integer(1, 3) : 1; again > 0; again--) {
      yield { type: 'notarize_reentry', ...at, guid: random.one(guids) };
      yield { type: 'notarize_completion', ...at, cycle };
    }
  }

  /** One that has no ledger yet, if it is easily found. */
  #emptyPlace() {
    const random = this.#random;
    for (let tries = 5; ; tries--) {
      const at = { jid: random.one(jids), aid: random.one(aids), dad: random.one(firstDads) };
      if (this.#ledgers.valueOf(at) === 0 || tries === 0) return at;
    }
  }

  #place() {
    const random = this.#random;
    const dad = random.percent(85) ? random.one(dads) : random.one(oddDads);
    return { jid: random.one(jids), aid: random.one(aids), dad };
  }

  /** Any of those that add, anywhere. */
  #single() {
    const random = this.#random;
    const known = this.#told.filter(({ aid }) => aid !== undefined);
    const { jid, aid, dad } = (random.percent(70) && random.one(known)) || this.#place();
    const at = { jid, aid, dad };
    const cycle = random.percent(50);
    const guid = random.weighted([
      [12, random.one(guids)],
      [1, null],
      [1, ''],
    ]);
    return random.one([
      { type: 'notarize_entry', ...at },
      { type: 'notarize_entry', ...at },
      { type: 'authorize_reentry', ...at },
      { type: 'notarize_early_exit', ...at },
      { type: 'notarize_early_completion', ...at, cycle },
      // The original asks whether there is a guid only where a job begins.
      { type: 'notarize_reentry', ...at, guid: guid || 'g1' },
      { type: 'notarize_reentry', ...at, guid: random.one(guids) },
      { type: 'notarize_continuation', ...at },
      { type: 'notarize_completion', ...at, cycle },
      { type: 'notarize_inception', jid, guid },
      { type: 'is_inception_overage', jid, guid },
      { type: 'collate', ...at, amount: this.#value() },
    ]);
  }

  /** Brings a ledger somewhere at once. */
  #jump() {
    const random = this.#random;
    const known = this.#told.filter(({ aid }) => aid !== undefined);
    const { jid, aid, dad } = random.one(known) ?? this.#place();
    const amount = this.#value() - this.#ledgers.valueOf({ jid, aid, dad });
    return { type: 'collate', jid, aid, dad, amount };
  }

  #value() {
    const random = this.#random;
    const value = random.weighted([
      [5, () => random.one(edges)],
      [3, () => random.one(edges) + random.integer(-2, 2) * random.one([1, 1e6, 1e12, 1e13, 1e14])],
      [2, () => random.integer(-999, 999) * 10 ** random.integer(0, 12)],
      [1, () => Math.floor(10 ** random.integer(0, 15) * 0.987654321) * random.one([1, -1])],
    ])();
    return Math.min(Math.max(value, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
  }

  /** Those that read nothing. */
  #pure() {
    const random = this.#random;
    const value = random.percent(30) ? this.#ledgers.valueOf(this.#place()) : this.#value();
    const ancestors = Array.from({ length: random.integer(0, 5) }, () => random.one(aids));
    const dad = random.percent(80) ? random.one(dads) : random.one(oddDads);
    return random.one([
      { type: 'verify_integer', value, leg: 1, stage: 'enter' },
      { type: 'verify_integer', value, leg: 1, stage: 'exit' },
      { type: 'verify_integer', value, leg: 2, stage: 'enter' },
      { type: 'verify_integer', value, leg: 2, stage: 'exit' },
      { type: 'verify_synthetic_integer', value },
      { type: 'verify_synthetic_integer', value: random.integer(-3, 30) * 1e5 + random.integer(0, 2) },
      { type: 'get_dimensional_index', value },
      { type: 'get_dimensions_by_id', ancestors, dad },
      { type: 'resolve_reentry_dimension', ancestors, ancestor: random.one(aids), dad },
    ]);
  }

  /** JSON has no integers beyond 2^53 that every program reads. */
  #isTooFar(command) {
    const { type, amount = mostAdded } = command;
    if (command.aid === undefined) return false;
    if (!Number.isSafeInteger(amount)) return true;
    const from = this.#ledgers.valueOf(command);
    const entry = { ...command, dad: command.dad.replace(/,?[^,]*$/, ',0') };
    const values = type === 'collate' ? [from + amount] : [from - mostAdded, from + mostAdded];
    if (type === 'notarize_reentry') values.push(this.#ledgers.valueOf(entry) + mostAdded);
    return values.some((value) => !Number.isSafeInteger(value));
  }
}
