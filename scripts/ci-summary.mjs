/**
 * Counts what a run of `.ci/run` came to. Reading the counts off jest's exit code alone would call a suite that never started
 * "0 failed"; so would a results file left by an earlier run, or none at all.
 *
 * node scripts/ci-summary.mjs <jest's JSON> <exit code of the checks> <exit code of the tests>
 */
import { readFileSync } from 'node:fs';

const [resultsFile, checkCode, testCode] = process.argv.slice(2);

const readResults = () => {
  try {
    return JSON.parse(readFileSync(resultsFile, 'utf8'));
  } catch {
    process.stdout.write('The tests left no results.\n');
    return { numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 1, testResults: [] };
  }
};

const results = readResults();
for (const suite of results.testResults) {
  const failures = suite.assertionResults.filter(({ status }) => status === 'failed');
  for (const { fullName } of failures) process.stdout.write(`FAILED  ${suite.name}: ${fullName}\n`);
  if (suite.status === 'failed' && failures.length === 0) process.stdout.write(`FAILED  ${suite.name} did not run\n`);
}
if (checkCode !== '0') process.stdout.write('FAILED  npm run check\n');

const passed = results.numPassedTests + (checkCode === '0' ? 1 : 0);
const counted = results.numFailedTests + results.numRuntimeErrorTestSuites;
// Jest may also fail as a whole, for instance where it finds no test or an open handle: that is a failure too.
const failed = (testCode !== '0' && counted === 0 ? 1 : counted) + (checkCode === '0' ? 0 : 1);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
