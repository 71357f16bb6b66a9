/** A simulation is typed from its flow: what would fail at run time does not compile. */
import { Flow } from '@pgflow/dsl';
import { Flow as SupabaseFlow } from '@pgflow/dsl/supabase';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  assertOutput,
  type Run,
  simulate,
  type TaskInput,
  type TaskOutput,
} from '../../../src/harness/pgflow/twin/index.ts';
import { Analyze, Greet, Squares } from './flows.ts';

const sim = simulate(Analyze);
const run = sim.start({ url: 'u' });
const finished = await simulate(Analyze).start({ url: 'u' }).finish();

describe('a simulation', () => {
  it('takes the slugs of its flow alone', () => {
    sim.step('summary');
    run.step('double');
    // @ts-expect-error: no such step
    expect(() => sim.step('sumary')).toThrow('not a step of flow');
    // @ts-expect-error: no such step
    expect(() => run.step('sumary')).toThrow('not a step of flow');
    // @ts-expect-error: no such step
    expect(() => sim.duplicate('sumary')).toThrow('not a step of flow');
  });

  it('takes inputs of its flow alone', () => {
    // @ts-expect-error: a number for a text
    sim.start({ url: 1 });
    // @ts-expect-error: a name for a url
    sim.start({ name: 'Ada' });
    // @ts-expect-error: an object for an array
    simulate(Squares).start({ n: 1 });
    expectTypeOf(run.input).toEqualTypeOf<{ url: string }>();
    const throwing = new Flow<{ n: number }>({ slug: 'throwing' }).step({ slug: 'no' }, () => {
      throw new Error('always');
    });
    simulate(throwing).start({ n: 1 });
    // @ts-expect-error: a text for a number
    simulate(throwing).start({ n: 'one' });
  });

  it('takes values for a step that its handler could give: for a map, one for an element', () => {
    sim.step('summary').returns(7);
    sim.step('double').returns(7);
    sim.step('pages').resolves([1, 2]);
    sim.step('summary').returns(Promise.resolve(7));
    // @ts-expect-error: a text for a number
    sim.step('summary').returns('seven');
    // @ts-expect-error: an array for an element
    sim.step('double').returns([7]);
    // @ts-expect-error: a part of it is missing
    sim.step('website').returns({ html: '' });
    // @ts-expect-error: a handler that gives something else
    sim.step('summary').runs(() => 'seven');
    sim.step('summary').runs(async ({ run, website }) => {
      expectTypeOf(run).toEqualTypeOf<{ url: string }>();
      expectTypeOf(website.pages).toEqualTypeOf<number[]>();
      return website.pages.length;
    });
    sim.step('double').runs((page, { shutdownSignal }) => {
      expectTypeOf(page).toEqualTypeOf<number>();
      expectTypeOf(shutdownSignal).toEqualTypeOf<AbortSignal>();
      return page;
    });
  });

  it('gives what its flow gives', async () => {
    const other = simulate(Analyze);
    await other.start({ url: 'u' }).finish();
    const [call] = other.step('save').calls;
    expectTypeOf(run).toEqualTypeOf<Run<typeof Analyze>>();
    expectTypeOf(run.output).toEqualTypeOf<{ save: { summary: number; double: number[] } } | undefined>();
    expectTypeOf(run.step('double').output).toEqualTypeOf<number[] | null | undefined>();
    expectTypeOf(finished.step('double').tasks[0]!.output).toEqualTypeOf<number | null | undefined>();
    expectTypeOf(finished.step('double').tasks[0]!.input).toEqualTypeOf<number | undefined>();
    expectTypeOf(call!.input.double).toEqualTypeOf<number[]>();
    expectTypeOf(other.start({ url: 'u' }).finish()).resolves.toEqualTypeOf<Run<typeof Analyze>>();
    expectTypeOf<TaskInput<typeof Squares, 'square'>>().toEqualTypeOf<number>();
    expectTypeOf<TaskOutput<typeof Squares, 'sum'>>().toEqualTypeOf<number>();
    expectTypeOf<TaskInput<typeof Squares, 'sum'>>().toEqualTypeOf<{ run: number[]; square: number[] }>();
  });

  it('takes durations as they are written', () => {
    sim.step('save').takes('90s').takes('1.5h').takes('1d 2h').takes(250);
    // @ts-expect-error: no such unit
    expect(() => sim.step('save').takes('2 weeks')).toThrow('expected milliseconds');
  });

  it('takes options that there are', () => {
    // @ts-expect-error: no such backend
    expect(() => simulate(Greet, { backend: 'sqlite' })).toThrow("expected 'model' or 'pglite'");
    // @ts-expect-error: no such option
    expect(() => simulate(Greet, { retries: 1 })).toThrow('is not an option');
  });

  it('takes for the context what the flow asks for', () => {
    const flow = new Flow<{ id: number }, { sql: (text: string) => Promise<number> }>({
      slug: 'queries',
    }).step({ slug: 'count' }, async (_, { sql }) => sql('select 1'));
    simulate(flow, { context: { sql: async () => 1, more: true } });
    // @ts-expect-error: it is asked for a function
    simulate(flow, { context: { sql: 7 } });
  });

  it('takes for the context what the platform of the flow adds, and more', () => {
    const flow = new SupabaseFlow<{ id: number }, { mail: (to: string) => void }>({ slug: 'platform' })
      .step({ slug: 'count' }, async (_, { sql }) => (await sql`select 1`).length)
      .step({ slug: 'send' }, (_, { mail }) => {
        mail('a@b.test');
        return 1;
      });
    simulate(flow, { context: { mail: () => {}, clock: 7, env: { SUPABASE_URL: 'http://localhost' } } });
    // @ts-expect-error: a number for the client of the database
    simulate(flow, { context: { sql: 5 } });
    // @ts-expect-error: a text for a function
    simulate(flow, { context: { mail: 'a@b.test' } });
    // @ts-expect-error: a number for a variable of the environment
    simulate(flow, { context: { env: { SUPABASE_URL: 5 } } });
  });

  it('takes nothing for the context that the simulation gives itself', () => {
    for (const name of ['stepTask', 'shutdownSignal', 'rawMessage', 'workerConfig'] as const) {
      // @ts-expect-error: whatever it is
      expect(() => simulate(Greet, { context: { [name as 'stepTask']: 5 } })).toThrow(
        `options.context.${name} is 5: the simulation gives it itself`,
      );
    }
  });

  it('asserts outputs of the type that they have', async () => {
    const other = simulate(Analyze);
    const run = await other.start({ url: 'https://example.com' }).finish();
    assertOutput(run.step('summary'), 26);
    assertOutput(run.step('double'), [2, 4, 6]);
    assertOutput(run.step('double').tasks[0]!, 2);
    assertOutput(run, { save: { summary: 26, double: [2, 4, 6] } });
    // @ts-expect-error: a text for a number
    expect(() => assertOutput(run.step('summary'), '26')).toThrow('to have the output "26"');
    // @ts-expect-error: an element for the array of a map
    expect(() => assertOutput(run.step('double'), 2)).toThrow('to have the output 2');
    // @ts-expect-error: the array of a map for an element
    expect(() => assertOutput(run.step('double').tasks[0]!, [2])).toThrow('to have the output [2]');
    // @ts-expect-error: a part of it is missing
    expect(() => assertOutput(run, { save: { summary: 26 } })).toThrow('to have the output');
    // Nothing is stored as null.
    expect(() => assertOutput(run.step('summary'), null)).toThrow('to have the output null');
  });
});

/** Steps whose output is no JSON as the types go: an interface, nothing, a date, never. */
interface Invoice {
  readonly total: number;
}
const Odd = new Flow<{ n: number }>({ slug: 'oddlyTyped' })
  .step({ slug: 'invoice' }, async (): Promise<Invoice> => ({ total: 1 }))
  .step({ slug: 'mail', dependsOn: ['invoice'] }, async () => {})
  .step({ slug: 'when' }, () => ({ at: new Date(0) }) as never)
  .step({ slug: 'fails' }, () => {
    throw new Error('always');
  })
  .step({ slug: 'count', dependsOn: ['invoice'] }, async ({ run }) => run.n);

describe('a flow of which a step gives no JSON', () => {
  it('is typed as any other', () => {
    const odd = simulate(Odd);
    odd.step('invoice').returns({ total: 2 });
    odd.step('mail').returns();
    odd.step('count').returns(3);
    // @ts-expect-error: no such step
    expect(() => odd.step('zz')).toThrow('not a step of flow');
    // @ts-expect-error: a text for a number
    odd.step('count').returns('three');
    // @ts-expect-error: a text for a number
    odd.step('invoice').returns({ total: '2' });
    odd.step('count').runs(({ run, invoice }) => run.n + invoice.total);
  });

  it('has its context checked as any other', () => {
    const nothing = new SupabaseFlow<{ id: number }>({ slug: 'nothing' }).step({ slug: 'a' }, async () => {});
    simulate(nothing, { context: { env: { SUPABASE_URL: 'x' }, clock: 7 } });
    // @ts-expect-error: a number for the client of the database
    simulate(nothing, { context: { sql: 5 } });
    // @ts-expect-error: a number for a variable of the environment
    simulate(nothing, { context: { env: { SUPABASE_URL: 5 } } });
    const mails = new Flow<{ n: number }, { mail: (to: string) => void }>({ slug: 'mails' })
      .step({ slug: 'invoice' }, async (): Promise<Invoice> => ({ total: 1 }))
      .step({ slug: 'when' }, () => new Date(0))
      .array({ slug: 'list' }, () => [1])
      .map({ slug: 'each', array: 'list' }, (n) => n)
      .step({ slug: 'mail' }, (_, { mail }) => mail('a@b.test'));
    simulate(mails, { context: { mail: () => {}, env: { BANK: 'x' } } });
    // @ts-expect-error: a text for a function
    simulate(mails, { context: { mail: 'a@b.test' } });
    simulate(mails)
      .step('mail')
      .runs((_, { mail, shutdownSignal }) => {
        expectTypeOf(mail).toEqualTypeOf<(to: string) => void>();
        expectTypeOf(shutdownSignal).toEqualTypeOf<AbortSignal>();
      });
  });
});
