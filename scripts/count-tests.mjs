// Adds up the results of several runs of vitest: `node scripts/count-tests.mjs CHECKS_FAILED RESULTS.json...`. Names each
// skipped test, and ends with a line `N passed, N failed`.
import { readFileSync } from 'node:fs';

const [checksFailed, ...files] = process.argv.slice(2);
let passed = 0;
let failed = 0;
const skipped = [];
for (const file of files) {
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites, testResults } = JSON.parse(
      readFileSync(file, 'utf8'),
    );
    passed += numPassedTests;
    // A file that cannot be loaded is a failed suite without a failed test.
    failed += Math.max(numFailedTests, Math.min(numFailedTestSuites, 1));
    for (const { assertionResults } of testResults) {
      // Whoever skips says why in the title.
      for (const { status, fullName } of assertionResults)
        if (status !== 'passed' && status !== 'failed') skipped.push(fullName);
    }
  } catch (error) {
    console.log(`no test results: ${error.message}`);
    failed += 1;
  }
}
for (const name of skipped) console.log(`skipped: ${name}`);
if (Number(checksFailed) > 0) failed = Math.max(failed, 1);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
