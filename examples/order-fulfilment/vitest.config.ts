import { defineConfig } from 'vitest/config';

export default defineConfig({
  // An embedded Postgres takes some seconds to open, once for each file of tests.
  test: { testTimeout: 120_000 },
});
