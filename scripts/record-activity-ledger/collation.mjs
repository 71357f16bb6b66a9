/** The commands of the ledgers, executed by the original's own code over a store in memory of ours. */

/** What the original asks of a store: each addition makes the row where it is not there. */
class Store {
  activities = new Map();
  guids = new Map();

  async collate(jid, aid, amount, dimensions, multi) {
    return this.#addition(this.activities, { jid, aid, dad: dimensions[aid] }, amount, multi);
  }

  async collateSynthetic(jid, guid, amount, multi) {
    return this.#addition(this.guids, { jid, guid }, amount, multi);
  }

  transact() {
    const additions = [];
    return {
      add: (addition) => additions.push(addition),
      exec: async () => additions.map((addition) => addition()),
    };
  }

  #addition(rows, key, amount, multi) {
    const addition = () => {
      const id = JSON.stringify(Object.values(key));
      const value = (rows.get(id)?.value ?? 0) + amount;
      rows.set(id, { ...key, value });
      return value;
    };
    if (!multi) return addition();
    multi.add(addition);
    return 0;
  }
}

export class Ledgers {
  #collator;
  #store = new Store();

  constructor(collator) {
    this.#collator = collator;
  }

  /** 0 where there is no row. */
  valueOf({ jid, aid, dad }) {
    return this.#store.activities.get(JSON.stringify([jid, aid, dad]))?.value ?? 0;
  }

  guidValueOf({ jid, guid }) {
    return this.#store.guids.get(JSON.stringify([jid, guid]))?.value ?? 0;
  }

  tables() {
    return new Map([
      ['ledger.activity_ledgers', [...this.#store.activities.values()]],
      ['ledger.guid_ledgers', [...this.#store.guids.values()]],
    ]);
  }

  /** The row that comes of it. */
  async execute(command) {
    const { type, jid, dad, guid, value, ancestors = [] } = command;
    const activity = this.#activityOf(command);
    const collator = this.#collator;
    switch (type) {
      case 'notarize_entry':
        return this.#entered(command, () => collator.notarizeEntry(activity));
      case 'authorize_reentry':
        return { value: await collator.authorizeReentry(activity), fault: null };
      case 'notarize_early_exit':
        return { value: await collator.notarizeEarlyExit(activity), fault: null };
      case 'notarize_early_completion':
        return { value: await collator.notarizeEarlyCompletion(activity), fault: null };
      case 'notarize_reentry': {
        const row = await this.#entered(command, () => collator.notarizeReentry(activity, guid));
        return { ...row, guid_value: this.guidValueOf(command) };
      }
      case 'notarize_continuation':
        return { value: await collator.notarizeContinuation(activity), fault: null };
      case 'notarize_completion':
        return { value: await collator.notarizeCompletion(activity), fault: null };
      case 'notarize_inception': {
        const multi = this.#store.transact();
        await collator.notarizeInception(activity, guid, multi);
        const [made] = await multi.exec();
        return { value: made ?? null };
      }
      case 'is_inception_overage':
        return { is_overage: await collator.isInceptionOverage(activity, guid) };
      case 'collate': {
        const dimensions = collator.getDimensionalAddress(activity);
        return { value: await this.#store.collate(jid, command.aid, command.amount, dimensions) };
      }
      case 'verify_integer':
        return { fault: await faultOf(() => collator.verifyInteger(value, command.leg, command.stage)) };
      case 'verify_synthetic_integer':
        return { fault: await faultOf(() => collator.verifySyntheticInteger(value)) };
      case 'get_dimensional_index':
        return { index: collator.getDimensionalIndex(value) };
      case 'get_dimensions_by_id':
        // It turns the array that it is given around.
        return { dimensions: collator.getDimensionsById([...ancestors], dad) };
      case 'resolve_reentry_dimension':
        return { dad: collator.resolveReentryDimension(activity) };
    }
    throw new Error(`no command: ${type}`);
  }

  #activityOf({ jid, aid, dad, cycle = false, ancestors = [], ancestor, type }) {
    return {
      store: this.#store,
      leg: type === 'notarize_reentry' ? 2 : 1,
      context: { metadata: { jid } },
      metadata: { aid, dad },
      config: { ancestors: [...ancestors], ancestor, cycle },
    };
  }

  /** An entry is verified after its addition, and the addition stays: the value is that of the row. */
  async #entered(command, enter) {
    const told = { value: undefined };
    const fault = await faultOf(async () => {
      told.value = await enter();
    });
    const dad = command.type === 'notarize_reentry' ? this.#entryOf(command.dad) : command.dad;
    const value = this.valueOf({ ...command, dad });
    if (fault === null && told.value !== value)
      throw new Error(`it told ${told.value}, and there is ${value}`);
    return { value, fault };
  }

  /** Where the second leg is entered, as the original says. */
  #entryOf(dad) {
    const activity = { ...this.#activityOf({ aid: 'x', dad }), leg: 2 };
    return this.#collator.getDimensionalAddress(activity, true).x;
  }
}

/** The fault of the error that the original throws; null where it throws none. Any other error is one of ours. */
async function faultOf(act) {
  try {
    await act();
    return null;
  } catch (error) {
    if (error?.message === 'collation-error') return error.fault;
    throw error;
  }
}
