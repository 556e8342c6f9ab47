import { page } from './page';

/** `dist/local/stage/`: the page that holds the phones. */
export const stage = page({
  name: 'stage',
  from: ['local', 'stage', 'page'],
  to: ['dist', 'local', 'stage'],
  files: 'stage',
});
