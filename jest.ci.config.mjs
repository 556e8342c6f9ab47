import config from './jest.config.mjs';

/** The tests as `.ci/run` counts them. */
export default {
  ...config,
  // Whoever waits for the last line does not wait for what a test left open.
  forceExit: true,
  testSequencer: '<rootDir>/scripts/ci/longest-first.mjs',
  reporters: ['default', ['<rootDir>/scripts/ci/ledger.mjs', { file: '.cache/ci/ledger.jsonl' }]],
};
