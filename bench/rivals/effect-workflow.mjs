/** Three activities, one after another, with `@effect/workflow` on its engine in memory: prints runs a second. */
import { Activity, Workflow, WorkflowEngine } from '@effect/workflow';
import { Effect, Layer, ManagedRuntime, Schema } from 'effect';
import { measure } from './measure.mjs';

const Value = Schema.Struct({ n: Schema.Number });
const Three = Workflow.make({
  name: 'three',
  payload: { n: Schema.Number },
  success: Value,
  idempotencyKey: ({ n }) => String(n),
});
const activity = (name, n) =>
  Activity.make({ name, success: Value, execute: Effect.promise(async () => ({ n: n + 1 })) });
const handlers = Three.toLayer(
  Effect.fn(function* ({ n }) {
    const a = yield* activity('a', n);
    const b = yield* activity('b', a.n);
    return yield* activity('c', b.n);
  }),
);
const runtime = ManagedRuntime.make(Layer.provideMerge(handlers, WorkflowEngine.layerMemory));

await measure(async (n) => (await runtime.runPromise(Three.execute({ n }))).n);
await runtime.dispose();
