/**
 * Mutation testing of what decides: each operator and condition of a portion is changed in turn, and some test must fail. What
 * survives is either equivalent or a hole in the tests. `scripts/mutate.mjs` names the portion; docs/mutation.md has the figures.
 * Its options: https://stryker-mutator.io/docs/stryker-js/configuration
 */
import { portions } from './scripts/mutate/portions.mjs';

const name = process.env['MUTATION_PORTION'] ?? 'guards';
const { mutate, withStatic = false } = portions[name];

export default {
  mutate,
  testRunner: 'jest',
  jest: { configFile: 'jest.mutation.config.mjs', enableFindRelatedTests: true },
  coverageAnalysis: 'perTest',
  // A mutant that leaves the words of an error as they are is not told from one that changes them.
  mutator: { excludedMutations: ['StringLiteral'] },
  ignoreStatic: !withStatic,
  ignorePatterns: ['bench', 'dist', 'docs', '.cache', '.local'],
  incremental: true,
  incrementalFile: `dist/mutation/${name.replace('/', '.')}.incremental.json`,
  timeoutMS: 20_000,
  concurrency: Number(process.env['MUTATION_CONCURRENCY'] ?? 2),
  reporters: ['clear-text', 'progress', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: false },
  jsonReporter: { fileName: `dist/mutation/${name.replace('/', '.')}.json` },
  tempDirName: '.cache/stryker',
  thresholds: { high: 95, low: 85, break: null },
};
