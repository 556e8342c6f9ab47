import config from './jest.config.mjs';
import { portions } from './scripts/mutate/portions.mjs';

const { tests } = portions[process.env['MUTATION_PORTION'] ?? 'guards'];

/** The tests that a portion's mutants are held against: they run within one process. */
export default {
  ...config,
  testEnvironment: 'node',
  testMatch: tests.map((test) => `<rootDir>/test/unit/${test}.test.ts`),
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};
