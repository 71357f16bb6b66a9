/** Three steps, one after another, with `@inngest/test`: prints runs a second. */
import { InngestTestEngine } from '@inngest/test';
import { Inngest } from 'inngest';
import { measure } from './measure.mjs';

// It has a logger of its own, and says of each execution that it is one of a test.
const quiet = { info() {}, warn() {}, error() {}, debug() {} };
const inngest = new Inngest({ id: 'bench', logger: quiet, isDev: true });
const three = inngest.createFunction(
  { id: 'three', triggers: [{ event: 'three' }] },
  async ({ event, step }) => {
    const a = await step.run('a', async () => ({ n: event.data.n + 1 }));
    const b = await step.run('b', async () => ({ n: a.n + 1 }));
    return await step.run('c', async () => ({ n: b.n + 1 }));
  },
);

await measure(async (n) => {
  const engine = new InngestTestEngine({ function: three, events: [{ name: 'three', data: { n } }] });
  const { result } = await engine.execute();
  return result.n;
});
