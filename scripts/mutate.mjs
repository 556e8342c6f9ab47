/**
 * Measures by mutation what the tests would notice: `npm run mutate -- <portion>…`, or all portions, and prints a row of the table in
 * docs/mutation.md for each. Without it, a test that asserts nothing looks like one that does.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { portions } from './mutate/portions.mjs';

/** What a portion must reach, in percent. */
const LEAST_SCORE = 85;

const names = Object.keys(portions);
const asked = process.argv.slice(2);
const portionOf = (name) => name.split('/')[0];
/** A portion's name stands for all its parts. */
const isAsked = (name) => asked.length === 0 || asked.includes(name) || asked.includes(portionOf(name));
const unknown = asked.filter((one) => !names.some((name) => name === one || portionOf(name) === one));
if (unknown.length > 0) {
  process.stderr.write(`no portion ${unknown.join(', ')}; there are ${names.join(', ')}\n`);
  process.exit(2);
}

/** How many mutants there were, how many some test noticed, and how many ran out of time, which is no test's merit. */
const figuresOf = (name) => {
  const file = `dist/mutation/${name.replace('/', '.')}.json`;
  if (!existsSync(file)) return [];
  const { files } = JSON.parse(readFileSync(file, 'utf8'));
  const states = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const count = (...wanted) => states.filter((state) => wanted.includes(state)).length;
  const [killed, late] = [count('Killed'), count('Timeout')];
  return [{ portion: portionOf(name), mutants: killed + late + count('Survived', 'NoCoverage'), killed, late }];
};

for (const name of names.filter(isAsked)) {
  const env = { ...process.env, MUTATION_PORTION: name };
  const { status } = spawnSync('npx', ['stryker', 'run'], { env, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}

const measured = names.flatMap(figuresOf);
process.stdout.write('| portion | mutants | killed | out of time | score |\n| --- | --- | --- | --- | --- |\n');
for (const portion of new Set(measured.map((one) => one.portion))) {
  const parts = measured.filter((one) => one.portion === portion);
  const sum = (figure) => parts.reduce((total, part) => total + part[figure], 0);
  const score = (100 * (sum('killed') + sum('late'))) / sum('mutants');
  if (score < LEAST_SCORE) process.exitCode = 1;
  process.stdout.write(
    `| ${portion} | ${sum('mutants')} | ${sum('killed')} | ${sum('late')} | ${score.toFixed(1)} % |\n`,
  );
}
