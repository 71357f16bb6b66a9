/** Things kept once, each known by its position. */

export class Pool<Item> {
  readonly items: Item[] = [];
  readonly #positions = new Map<string, number>();
  readonly #identity: (item: Item) => string;

  /** Items with the same identity are the same item. */
  constructor(identity: (item: Item) => string) {
    this.#identity = identity;
  }

  /** The position of the item, which is added unless it is there. */
  add(item: Item): number {
    const identity = this.#identity(item);
    let position = this.#positions.get(identity);
    if (position === undefined) {
      position = this.items.push(item) - 1;
      this.#positions.set(identity, position);
    }
    return position;
  }
}
