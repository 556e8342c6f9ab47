import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { describedDisable } from './scripts/lint/described-disable.mjs';
import {
  callerFromEvent,
  clockAndChance,
  hostGlobals,
  keyOfJob,
  weakChance,
  wxGlobal,
} from './scripts/lint/restrictions.mjs';

export default defineConfig(
  globalIgnores([
    'dist/',
    'coverage/',
    '.cache/',
    '.local/',
    'miniprogram/protocol.js',
    'miniprogram/vendor/*.js',
    'miniprogram/miniprogram_npm/',
    'protocol/wire/validators.js',
    'protocol/wire/validators-phone.js',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  {
    files: ['**/*.{ts,mts,mjs,js}'],
    plugins: { house: { rules: { 'described-disable': describedDisable } } },
    rules: {
      'house/described-disable': 'error',
      eqeqeq: 'error',
      'max-lines': ['error', 300],
      'no-cond-assign': 'error',
      'no-console': 'error',
      'no-constant-binary-expression': 'error',
      'no-constant-condition': 'error',
      'no-control-regex': 'error',
      'no-debugger': 'error',
      'no-duplicate-case': 'error',
      'no-empty': 'error',
      'no-eval': 'error',
      'no-irregular-whitespace': 'error',
      'no-loss-of-precision': 'error',
      'no-misleading-character-class': 'error',
      'no-promise-executor-return': 'error',
      'no-prototype-builtins': 'error',
      'no-self-compare': 'error',
      'no-template-curly-in-string': 'error',
      'no-unreachable-loop': 'error',
      'no-unsafe-finally': 'error',
      'no-useless-assignment': 'error',
      'no-useless-backreference': 'error',
      'no-useless-escape': 'error',
      'object-shorthand': 'error',
      'use-isnan': 'error',
    },
  },
  {
    files: ['**/*.{ts,mts}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // A schema and its type share one name, by design.
      '@typescript-eslint/no-redeclare': 'off',
      // A number in a message has one spelling; it is objects and undefined that end up as nonsense there.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => log(entry)` is how a void callback is written here.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Spreading a text into its code points is what the recognisers' alphabets and the masks want.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // `const { secret, ...rest } = record` is how a field is left out.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
      'no-restricted-globals': ['error', ...wxGlobal],
      'no-restricted-syntax': ['error', ...weakChance, ...keyOfJob],
    },
  },
  {
    files: ['protocol/**/*.ts', 'cloudfunctions/_core/**/*.ts'],
    rules: { 'no-restricted-globals': ['error', ...hostGlobals] },
  },
  {
    files: ['protocol/**/*.ts', 'miniprogram/presenters/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...clockAndChance] },
  },
  {
    files: ['cloudfunctions/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...weakChance, ...keyOfJob, ...callerFromEvent] },
  },
  {
    files: ['cloudfunctions/_core/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...clockAndChance, ...callerFromEvent] },
  },
  {
    files: ['miniprogram/platform/**/*.ts'],
    rules: { 'no-restricted-globals': 'off' },
  },
  {
    // A screen's first data are of a wider type than the first values.
    files: ['miniprogram/{pages,packages,components}/**/*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'as' }],
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
    },
  },
  {
    // Where what comes in is foreign by nature: a vendor's reply, a file, a test's forgery.
    files: ['cloudfunctions/_adapters/**/*.ts', 'local/**/*.ts', 'test/**/*.ts', 'bench/cloud/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'as' }] },
  },
  {
    // Command lines: their output is what they are for.
    files: ['scripts/**', 'bench/**', 'examples/**', 'local/**/main.ts'],
    rules: { 'no-console': 'off' },
  },
);
