/**
 * A jest reporter that writes down each test file as it begins and ends, a line of JSON for each. Jest's own `--json` is written when all
 * is over: of a run that never ends it would tell nothing, and least of all which file hangs.
 */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';

export default class Ledger {
  /** @param {{ rootDir: string }} config @param {{ file: string }} options */
  constructor({ rootDir }, { file }) {
    this.nameOf = ({ path }) => relative(rootDir, path);
    this.write = (entry) => appendFileSync(file, `${JSON.stringify(entry)}\n`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
  }

  onRunStart({ numTotalTestSuites }) {
    this.write({ planned: numTotalTestSuites });
  }

  onTestFileStart(test) {
    this.write({ began: this.nameOf(test) });
  }

  onTestFileResult(test, { numPassingTests, testResults, testExecError, perfStats }) {
    const failures = testResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
    this.write({
      ended: this.nameOf(test),
      passed: numPassingTests,
      failures,
      didRun: testExecError === undefined || testExecError === null,
      seconds: Math.round((perfStats.end - perfStats.start) / 1000),
    });
  }
}
