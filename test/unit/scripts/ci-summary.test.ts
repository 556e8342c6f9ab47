import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const script = join(__dirname, '..', '..', '..', 'scripts', 'ci-summary.mjs');

/** A part of jest's `--json` output. */
interface Results {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: 'passed' | 'failed';
    readonly assertionResults: readonly { readonly fullName: string; readonly status: 'passed' | 'failed' }[];
  }[];
}

const allPassed: Results = {
  numPassedTests: 7,
  numFailedTests: 0,
  numRuntimeErrorTestSuites: 0,
  testResults: [{ name: 'a.test.ts', status: 'passed', assertionResults: [{ fullName: 'works', status: 'passed' }] }],
};

describe('the summary of a run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wechat-id-summary-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const summarise = (results: Results | string, checkCode: number, testCode: number) => {
    const file = join(folder, 'jest.json');
    writeFileSync(file, typeof results === 'string' ? results : JSON.stringify(results));
    const { stdout, status } = spawnSync(process.execPath, [script, file, String(checkCode), String(testCode)], {
      encoding: 'utf8',
    });
    const lines = stdout.trimEnd().split('\n');
    return { lastLine: lines.at(-1), said: lines.slice(0, -1), status };
  };

  it('counts the check as one', () => {
    expect(summarise(allPassed, 0, 0)).toEqual({ lastLine: '8 passed, 0 failed', said: [], status: 0 });
    expect(summarise(allPassed, 1, 0)).toEqual({
      lastLine: '7 passed, 1 failed',
      said: ['FAILED  npm run check'],
      status: 1,
    });
  });

  it('names each test that failed', () => {
    const testResults = [
      { name: 'a.test.ts', status: 'failed', assertionResults: [{ fullName: 'is kind', status: 'failed' }] },
    ] as const;
    expect(summarise({ ...allPassed, numFailedTests: 1, testResults }, 0, 1)).toEqual({
      lastLine: '8 passed, 1 failed',
      said: ['FAILED  a.test.ts: is kind'],
      status: 1,
    });
  });

  it('counts a suite that did not run as a failure', () => {
    const testResults = [{ name: 'b.test.ts', status: 'failed', assertionResults: [] }] as const;
    expect(summarise({ ...allPassed, numRuntimeErrorTestSuites: 1, testResults }, 0, 1)).toEqual({
      lastLine: '8 passed, 1 failed',
      said: ['FAILED  b.test.ts did not run'],
      status: 1,
    });
  });

  it('takes no results, broken results and a failing runner for failures', () => {
    expect(summarise('', 0, 1)).toMatchObject({ lastLine: '1 passed, 1 failed', status: 1 });
    expect(summarise('{"numPass', 0, 0)).toMatchObject({ lastLine: '1 passed, 1 failed', status: 1 });
    expect(summarise(allPassed, 0, 130)).toMatchObject({ lastLine: '8 passed, 1 failed', status: 1 });
  });
});
