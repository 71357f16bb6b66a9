import { defineConfig } from 'vitest/config';

const long = 'tests/**/*.long.test.ts';

/** Two tiers: `npm test`, and `npm run test:long`. A file says by its name in which it is, and in its first comment why. */
export default defineConfig({
  test: {
    // A database takes a core to itself and some hundred megabytes.
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'short', include: ['tests/**/*.test.ts'], exclude: [long] } },
      { extends: true, test: { name: 'long', include: [long] } },
    ],
  },
});
