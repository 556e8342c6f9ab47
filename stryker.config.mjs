/**
 * Mutation testing of what decides: each operator and condition of these files is changed in turn, and some test must fail. What
 * survives is either equivalent or a hole in the tests.
 * Its options: https://stryker-mutator.io/docs/stryker-js/configuration
 */
export default {
  mutate: [
    'protocol/alias/*.ts',
    'protocol/cbor/*.ts',
    'protocol/code/{code,freshness}.ts',
    'protocol/cose/{sign1,signature}.ts',
    'protocol/counter/*.ts',
    'protocol/statements/*.ts',
    'cloudfunctions/_core/card/change-identity.ts',
    'cloudfunctions/_core/showing/{alias-showing,counter,disclose,open-showing,record-refusal,redeem-code,scanned,staff}.ts',
  ],
  testRunner: 'jest',
  jest: { configFile: 'jest.mutation.config.mjs', enableFindRelatedTests: true },
  coverageAnalysis: 'perTest',
  // A mutant that leaves the words of an error as they are is not told from one that changes them.
  mutator: { excludedMutations: ['StringLiteral'] },
  ignoreStatic: true,
  concurrency: 2,
  reporters: ['clear-text', 'progress', 'json'],
  jsonReporter: { fileName: 'dist/mutation/report.json' },
  tempDirName: '.cache/stryker',
  thresholds: { high: 95, low: 90, break: 85 },
};
