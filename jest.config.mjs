// The SDK would warn of slow requests to servers that tests have killed on purpose.
process.env['SILENCE'] = 'true';

/** Packages that are published as ES modules only: jest runs CommonJS, so these are transformed like our own sources. */
const esModulePackages = [
  '@noble',
  '@cto.af',
  'cbor2',
  'cookie',
  'magic-string',
  '@jridgewell',
  'jose',
  'oauth4webapi',
  'oidc-provider',
  'openid-client',
];

/** @type {import('jest').Config} */
export default {
  testEnvironment: './test/environment.mjs',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  setupFiles: ['<rootDir>/test/property-tests.mjs'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/', '<rootDir>/.local/'],
  transform: {
    '\\.[cm]?[jt]s$': [
      '@swc/jest',
      {
        swcrc: false,
        // Beside the code: within, every test file would compile them anew with it.
        sourceMaps: true,
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [
    `/node_modules/(?!(?:${esModulePackages.join('|')})/)`,
    '/miniprogram/(?:protocol|vendor/[^/]+)\\.js$',
    '\\.wasm$',
  ],
  // Flow and contract tests start real servers, child processes and recognition models.
  testTimeout: 30_000,
  maxWorkers: 2,
  errorOnDeprecated: true,
};
