/** What happens where the SQL is not what the model is of, or is not there. */
import { beforeEach, expect, it, vi } from 'vitest';
import { SimulationError, simulate } from '../../../src/harness/pgflow/twin/index.ts';
import type * as calls from '../../../src/sql/pgflow/0.8.1/calls.ts';
import type * as opening from '../../../src/sql/pglite/open.ts';
import { Greet } from './flows.ts';

const faults = vi.hoisted(() => ({ otherOutput: false, notInstalled: false }));

vi.mock('../../../src/sql/pgflow/0.8.1/calls.ts', async (original) => {
  const { callPgflow } = await original<typeof calls>();
  return {
    callPgflow: (command: Parameters<typeof callPgflow>[0]) =>
      callPgflow(
        faults.otherOutput && command.type === 'complete_task' ? { ...command, output: 'other' } : command,
      ),
  };
});
vi.mock('../../../src/sql/pglite/open.ts', async (original) => {
  const { openPGlite } = await original<typeof opening>();
  const { SetupError } = await import('../../../src/sql/setup-error.ts');
  return {
    openPGlite: (options: Parameters<typeof openPGlite>[0]) => {
      if (!faults.notInstalled) return openPGlite(options);
      throw new SetupError('the package x is not installed: npm install -D x@1');
    },
  };
});

beforeEach(() => {
  Object.assign(faults, { otherOutput: false, notInstalled: false });
});

it('a backend whose package is missing says what to install', async () => {
  faults.notInstalled = true;
  const sim = simulate(Greet, { backend: 'pglite' });
  const finished = sim.start({ name: 'Ada' }).finish();
  await expect(finished).rejects.toThrow(SimulationError);
  await expect(finished).rejects.toThrow(
    "the backend 'pglite' cannot be opened: the package x is not installed: npm install -D x@1 (all that it needs: npm install -D @electric-sql/pglite@0.5.8 ",
  );
});

it('a disagreement between SQL and model is told at once, with the command and what differs', async () => {
  faults.otherOutput = true;
  const sim = simulate(Greet, { backend: 'pglite' });
  const finished = sim.start({ name: 'Ada' }).finish();
  await expect(finished).rejects.toThrow('the SQL and the model disagree');
  await expect(finished).rejects.toThrow('"type":"complete_task"');
  await expect(finished).rejects.toThrow('result[0].output  model "Hello, Ada"  sql "other"');
  // Nobody knows where it stands now.
  await expect(sim.advance('1s')).rejects.toThrow('the SQL and the model disagree');
  await sim.close();
});
