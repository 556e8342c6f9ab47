import config from './jest.config.mjs';

/** The tests that mutants are held against: those that run within one process. */
export default {
  ...config,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/unit/{core,protocol}/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};
