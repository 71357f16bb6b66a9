/** How often tasks were run since somebody began to count, so that what has no end can be told. */

export class Runs {
  readonly #ofTask = new Map<number, number>();
  /** Of all tasks together. */
  total = 0;
  /** The task that was run most often. */
  most = { task_id: 0, count: 0 };

  add(task_id: number): void {
    this.total++;
    const count = (this.#ofTask.get(task_id) ?? 0) + 1;
    this.#ofTask.set(task_id, count);
    if (count > this.most.count) this.most = { task_id, count };
  }
}
