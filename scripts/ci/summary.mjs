/**
 * Counts what a run of `.ci/run` came to. Reading the counts off jest's exit code alone would call a suite that never started
 * "0 failed"; so would a ledger left by an earlier run, or none at all.
 *
 * node scripts/ci/summary.mjs <the ledger> <exit code of the checks> <exit code of the tests>
 */
import { readFileSync } from 'node:fs';

const [ledgerFile, checkCode, testCode] = process.argv.slice(2);
const SLOWEST = 5;

const say = (line) => process.stdout.write(`${line}\n`);

/** A run that was killed may have left half a line. */
const parse = (line) => {
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
};

const readEntries = () => {
  try {
    return readFileSync(ledgerFile, 'utf8').split('\n').filter(Boolean).map(parse);
  } catch {
    return [];
  }
};

const entries = readEntries();
const ended = entries.filter((entry) => entry.ended !== undefined);
const planned = entries.find((entry) => entry.planned !== undefined)?.planned;
if (planned === undefined) say('The tests left no results.');

for (const { ended: file, seconds } of ended.toSorted((a, b) => b.seconds - a.seconds).slice(0, SLOWEST))
  say(`${String(seconds).padStart(5)} s  ${file}`);
for (const { ended: file, failures, didRun } of ended) {
  for (const name of failures) say(`FAILED  ${file}: ${name}`);
  if (!didRun && failures.length === 0) say(`FAILED  ${file} did not run`);
}
const finished = new Set(ended.map((entry) => entry.ended));
for (const { began } of entries) if (began !== undefined && !finished.has(began)) say(`FAILED  ${began} did not end`);
const unfinished = planned === undefined ? 1 : planned - ended.length;
if (unfinished > 0 && planned !== undefined) say(`FAILED  ${unfinished} of ${planned} test files did not end`);
if (checkCode !== '0') say('FAILED  npm run check');

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const passed = sum(ended.map((entry) => entry.passed)) + (checkCode === '0' ? 1 : 0);
const counted =
  sum(ended.map(({ failures, didRun }) => (failures.length === 0 && !didRun ? 1 : failures.length))) + unfinished;
// Jest may also fail as a whole, for instance where it finds no test or an open handle: that is a failure too.
const failed = (testCode !== '0' && counted === 0 ? 1 : counted) + (checkCode === '0' ? 0 : 1);
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
