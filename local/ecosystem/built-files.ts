import { resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** What `npm run build` makes, as this room uses it. */
export const builtFiles = {
  functions: resolve(root, 'dist/cloudfunctions'),
  instanceRunner: resolve(root, 'dist/local/cloud/instance.js'),
  phoneProgram: resolve(root, 'dist/phone/index.js'),
  models: resolve(root, '.cache/models'),
} as const;
