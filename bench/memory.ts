/** How much of the heap the model's state takes. Node must be started with --expose-gc. */
import { finishedRuns } from './populated.ts';
import { randomNumbers } from './statistics.ts';

const runs = 5000;

/** Bytes of heap that a finished run of five steps takes, its archived messages included. */
export function bytesPerFinishedRun(seed: number): number {
  const before = usedHeap();
  const state = finishedRuns(runs, randomNumbers(seed));
  const bytes = usedHeap() - before;
  // Still needed here, so that nothing of it was collected before.
  return bytes / state.runs.size;
}

/** Bytes in use after a collection. */
export function usedHeap(): number {
  const { gc } = globalThis as { gc?: () => void };
  if (!gc) throw new Error('node was started without --expose-gc');
  // What the first leaves to finalizers, the second takes away.
  gc();
  gc();
  return process.memoryUsage().heapUsed;
}
