import { defineConfig } from 'vitest/config';

const long = 'tests/**/*.long.test.ts';
/** They replace modules, which is remembered by whoever shares modules with them. */
export const mocking = [
  'tests/twin/event-store/backend-missing.test.ts',
  'tests/twin/pgflow/backends-disagree.conformance.test.ts',
];

/** Two tiers: `npm test`, and `npm run test:long`. A file says by its name in which it is, and in its first comment why. */
export default defineConfig({
  test: {
    // A database takes a core to itself and some hundred megabytes.
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        // Files share their modules: loading them anew for each file would take a third of the time.
        test: { name: 'short', include: ['tests/**/*.test.ts'], exclude: [long, ...mocking], isolate: false },
      },
      { extends: true, test: { name: 'short-mocking', include: mocking } },
      { extends: true, test: { name: 'long', include: [long] } },
    ],
  },
});
