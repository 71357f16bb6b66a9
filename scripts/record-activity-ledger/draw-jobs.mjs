/** What is asked of the engine next: drawn from what is there. */

export class JobsTrace {
  #random;
  #flows;
  #roots;
  #triggered = 0;
  /** How likely what should not happen is, in 100. */
  #oddness;
  #given = 0;
  #isDeployed = false;
  #start;
  /** When the next command is asked, in milliseconds since the start. */
  at = 0;

  /** `flows`: all that are deployed; `roots`: those of which most jobs are triggered. `start`: milliseconds since 1970. */
  constructor(random, flows, roots, start) {
    this.#start = start;
    this.#random = random;
    this.#flows = flows;
    this.#roots = roots;
    this.#oddness = random.one([0, 5, 15, 30]);
  }

  /** Undefined where nothing is left to do. */
  next(tables) {
    if (!this.#isDeployed) {
      this.#isDeployed = true;
      return { type: 'deploy', flows: this.#flows };
    }
    const random = this.#random;
    const jobs = tables.get('ledger.jobs');
    if (jobs.length === 0) return this.#trigger(jobs);
    this.at += random.weighted([
      [10, 0],
      [10, random.integer(1, 400)],
      [2, random.integer(1, 6) * 1_000],
      [random.percent(this.#oddness) ? 2 : 0, random.integer(1, 9) * 10_000],
    ]);
    const all = tables.get('ledger.messages');
    const inside = all.filter(({ kind }) => kind !== 'work');
    const outside = all.filter(({ kind }) => kind === 'work');
    const hooks = tables.get('ledger.hooks');
    const timers = tables.get('ledger.timers');
    // One that crashed at its very beginning has no state, not even a flow.
    const begun = jobs.filter(({ flow }) => flow !== null);
    const isOdd = random.percent(this.#oddness);
    const act = random.weighted([
      [inside.length > 0 ? 12 : 0, () => this.#deliver(inside)],
      [outside.length > 0 ? 8 : 0, () => this.#work(outside)],
      [hooks.length > 0 ? 4 : 0, () => this.#signal(hooks)],
      [timers.length > 0 ? 3 : 0, () => this.#tick(timers)],
      [jobs.length < 2 ? 0.5 : 0.1, () => this.#trigger(jobs)],
      [isOdd ? 3 : 0, () => this.#trigger(jobs)],
      [isOdd && begun.length > 0 ? 2 : 0, () => ({ type: 'interrupt', jid: random.one(begun).jid })],
      [isOdd ? 1 : 0, () => this.#signal(this.#topics())],
      [isOdd ? 1 : 0, () => ({ type: 'tick' })],
      [all.length + hooks.length + timers.length === 0 ? 3 : 0, () => undefined],
    ]);
    return act();
  }

  #trigger(jobs) {
    const random = this.#random;
    const isAgain = jobs.length > 0 && random.percent(this.#oddness);
    const jid = isAgain ? random.one(jobs).jid : `j${++this.#triggered}`;
    const flow = jid === 'j1' ? this.#first() : random.one(random.percent(70) ? this.#roots : this.#names());
    const guid = random.percent(40) ? this.#guid() : undefined;
    const crash = random.percent(this.#oddness / 3) ? { crash_after: random.integer(1, 3) } : {};
    return { type: 'trigger', flow, jid, ...(guid !== undefined && { guid }), ...crash };
  }

  #names() {
    return this.#flows.map(({ flow }) => flow);
  }

  /** Who interrupts another job does so with the first one, and knows its flow. */
  #first() {
    const all = this.#flows.flatMap(({ activities }) => activities);
    return all.find(({ target }) => target === 'j1')?.flow ?? this.#random.one(this.#roots);
  }

  /** Sometimes one that was given before. */
  #guid() {
    if (this.#given === 0 || !this.#random.percent(40)) this.#given++;
    return `x${this.#random.integer(Math.max(1, this.#given - 1), this.#given)}`;
  }

  #message(messages) {
    return this.#random.percent(60) ? messages[0] : this.#random.one(messages);
  }

  #deliver(messages) {
    const random = this.#random;
    const { message_id, aid } = this.#message(messages);
    if (random.percent(this.#oddness)) return { type: 'deliver', message_id, keep: true };
    if (!random.percent(this.#oddness / 2)) return { type: 'deliver', message_id };
    // A timer takes two writes, and is none between them.
    const crash_after = random.one(this.#sleeps(aid) ? [1, 3, 4] : [1, 2, 3, 4, 5]);
    return { type: 'deliver', message_id, crash_after };
  }

  #sleeps(aid) {
    return this.#flows.some(({ activities }) => activities.some((each) => each.aid === aid && each.sleep));
  }

  #work(messages) {
    const random = this.#random;
    const { message_id } = this.#message(messages);
    const answer = random.weighted([
      [12, { status: 'success' }],
      [2, { status: 'success', code: random.one([200, 404, 202]) }],
      [4, { status: 'pending', code: 202 }],
      [1, { status: 'pending' }],
      [4, { status: 'error', code: random.one([500, 404, 410]) }],
    ]);
    return { type: 'work', message_id, ...answer, ...(random.percent(this.#oddness) && { keep: true }) };
  }

  #signal(hooks) {
    if (hooks.length === 0) return { type: 'tick' };
    const { topic } = this.#random.one(hooks);
    return { type: 'signal', topic, ...(this.#random.percent(40) && { code: this.#random.one([200, 202]) }) };
  }

  #tick(timers) {
    const { due } = timers[0];
    if (this.#random.percent(60)) this.at = Math.max(this.at, due - this.#start);
    return { type: 'tick' };
  }

  #topics() {
    return this.#flows.flatMap(({ activities }) =>
      activities.flatMap(({ kind, topic }) => (kind === 'hook' && topic !== undefined ? [{ topic }] : [])),
    );
  }
}
