import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const script = join(__dirname, '..', '..', '..', 'scripts', 'ci', 'summary.mjs');

/** A line of what the reporter writes. */
type Entry =
  | { readonly planned: number }
  | { readonly began: string }
  | {
      readonly ended: string;
      readonly passed: number;
      readonly failures: readonly string[];
      readonly didRun: boolean;
      readonly seconds: number;
    };

const linesOf = (entries: readonly Entry[]): string => entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
const began: Entry = { began: 'a.test.ts' };
const ended = { ended: 'a.test.ts', passed: 7, failures: [], didRun: true, seconds: 3 };
const allPassed: readonly Entry[] = [{ planned: 1 }, began, ended];
const time = '    3 s  a.test.ts';

describe('the summary of a run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wechat-id-summary-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const summarise = (ledger: readonly Entry[] | string, checkCode: number, testCode: number) => {
    const file = join(folder, 'ledger.jsonl');
    writeFileSync(file, typeof ledger === 'string' ? ledger : linesOf(ledger));
    const { stdout, status } = spawnSync(process.execPath, [script, file, String(checkCode), String(testCode)], {
      encoding: 'utf8',
    });
    const lines = stdout.trimEnd().split('\n');
    return { lastLine: lines.at(-1), said: lines.slice(0, -1), status };
  };

  it('counts the check as one', () => {
    expect(summarise(allPassed, 0, 0)).toEqual({ lastLine: '8 passed, 0 failed', said: [time], status: 0 });
    expect(summarise(allPassed, 1, 0)).toEqual({
      lastLine: '7 passed, 1 failed',
      said: [time, 'FAILED  npm run check'],
      status: 1,
    });
  });

  it('names each test that failed', () => {
    const failures = ['is kind'];
    expect(summarise([{ planned: 1 }, began, { ...ended, failures }], 0, 1)).toEqual({
      lastLine: '8 passed, 1 failed',
      said: [time, 'FAILED  a.test.ts: is kind'],
      status: 1,
    });
  });

  it('counts a suite that did not run as a failure', () => {
    expect(summarise([{ planned: 1 }, began, { ...ended, passed: 0, didRun: false }], 0, 1)).toEqual({
      lastLine: '1 passed, 1 failed',
      said: [time, 'FAILED  a.test.ts did not run'],
      status: 1,
    });
  });

  it('names a suite that did not end, and counts those that never began with it', () => {
    const killed = `${linesOf([{ planned: 4 }, began, { began: 'b.test.ts' }, ended])}{"began":"c.te`;
    expect(summarise(killed, 0, 124)).toEqual({
      lastLine: '8 passed, 3 failed',
      said: [time, 'FAILED  b.test.ts did not end', 'FAILED  3 of 4 test files did not end'],
      status: 1,
    });
  });

  it('takes no results, broken results and a failing runner for failures', () => {
    expect(summarise('', 0, 1)).toMatchObject({ lastLine: '1 passed, 1 failed', status: 1 });
    expect(summarise('{"numPass', 0, 0)).toMatchObject({ lastLine: '1 passed, 1 failed', status: 1 });
    expect(summarise(allPassed, 0, 130)).toMatchObject({ lastLine: '8 passed, 1 failed', status: 1 });
  });
});
