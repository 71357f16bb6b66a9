/** Flows that the tests of the simulator simulate. */
import { Flow } from '@pgflow/dsl';

/** Two branches, a map, a delay. */
export const Analyze = new Flow<{ url: string }>({ slug: 'analyzeWebsite', maxAttempts: 3, baseDelay: 5 })
  .step({ slug: 'website' }, async ({ run }) => ({ html: `<p>${run.url}</p>`, pages: [1, 2, 3] }))
  .step({ slug: 'summary', dependsOn: ['website'] }, async ({ website }) => website.html.length)
  .array({ slug: 'pages', dependsOn: ['website'] }, async ({ website }) => website.pages)
  .map({ slug: 'double', array: 'pages' }, async (page) => page * 2)
  .step({ slug: 'save', dependsOn: ['summary', 'double'], startDelay: 60 }, async ({ summary, double }) => ({
    summary,
    double,
  }));

/** One step. */
export const Greet = new Flow<{ name: string }>({ slug: 'greet' }).step(
  { slug: 'hello' },
  async ({ run }) => `Hello, ${run.name}`,
);

/** One after another. */
export const Chain = new Flow<{ n: number }>({ slug: 'chain', maxAttempts: 2, baseDelay: 1 })
  .step({ slug: 'first' }, ({ run }) => ({ n: run.n + 1 }))
  .step({ slug: 'second', dependsOn: ['first'] }, async ({ first }) => ({ n: first.n + 1 }))
  .step({ slug: 'third', dependsOn: ['second'] }, async ({ second }) => ({ n: second.n + 1 }));

/** A task for each element of the input. */
export const Squares = new Flow<number[]>({ slug: 'squares', maxAttempts: 2, baseDelay: 1 })
  .map({ slug: 'square' }, async (n) => n * n)
  .step({ slug: 'sum', dependsOn: ['square'] }, async ({ square }) => square.reduce((a, b) => a + b, 0));

/** Whatever the step gives or throws: `gives` is called with nothing. */
export const giving = (gives: () => unknown) =>
  new Flow<{ n: number }>({ slug: 'giving', maxAttempts: 2, baseDelay: 1 })
    .step({ slug: 'odd' }, async () => gives() as never)
    .step({ slug: 'next', dependsOn: ['odd'] }, async ({ odd }) => ({ got: odd as never }));
