import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchedBuild } from '../../../local/cloud/functions/build';

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'build-'));
  folder = join(root, 'f');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const built = (text = 'first') => {
  mkdirSync(folder, { recursive: true });
  write('index.js', text);
};
const watched = (settleMs = 5000) => {
  const changes: string[] = [];
  const build = watchedBuild('f', folder, () => changes.push('changed'), { quietMs: 10, settleMs });
  return { build, changes };
};

it('is the same as long as no code changes', async () => {
  built();
  const { build, changes } = watched();
  const first = await build.settled();
  write('notes.txt', 'x');
  mkdirSync(join(folder, 'node_modules', 'a'), { recursive: true });
  write(join('node_modules', 'a', 'index.js'), 'x');
  expect(await build.settled()).toBe(first);
  expect(build.isCurrent(first)).toBe(true);
  expect(changes).toEqual([]);
});

it.each([
  ['is written anew', () => write('index.js', 'other')],
  ['gets another file', () => write('chunk.cjs', '')],
  [
    'gets a file in a folder',
    () => {
      mkdirSync(join(folder, 'lib'));
      write('lib/data.json', '{}');
    },
  ],
  [
    'is replaced by one of the same size',
    () => {
      write('next.tmp', 'other');
      renameSync(join(folder, 'next.tmp'), join(folder, 'index.js'));
    },
  ],
])('is another when it %s, and that is heard once', async (_name, change) => {
  built();
  const { build, changes } = watched();
  const first = await build.settled();
  change();
  expect(build.isCurrent(first)).toBe(false);
  const [second, third] = await Promise.all([build.settled(), build.settled()]);
  expect(second).not.toBe(first);
  expect(third).toBe(second);
  expect(changes).toEqual(['changed']);
});

it('is at rest only once nothing changes any more', async () => {
  built();
  const { build } = watched();
  await build.settled();
  let size = 0;
  const writing = setInterval(() => {
    size += 1;
    write('index.js', 'x'.repeat(size));
    if (size === 10) clearInterval(writing);
  }, 3);
  write('index.js', '');
  const settled = await build.settled();
  expect(size).toBe(10);
  expect(build.isCurrent(settled)).toBe(true);
});

it('is waited for while it is gone, but not for ever, and not where it never was', async () => {
  const { build } = watched(50);
  const missing = { code: 'FUNCTION_NOT_FOUND', message: 'function f has not been built' };
  await expect(build.settled()).rejects.toMatchObject(missing);
  built();
  await build.settled();
  rmSync(folder, { recursive: true });
  const waiting = build.settled();
  built('second');
  await waiting;
  rmSync(folder, { recursive: true });
  await expect(build.settled()).rejects.toMatchObject(missing);
});

it('is refused where it does not come to rest', async () => {
  built();
  const { build } = watched(100);
  await build.settled();
  let size = 0;
  const writing = setInterval(() => {
    size += 1;
    write('index.js', 'x'.repeat(size));
  }, 1);
  write('index.js', '');
  await expect(build.settled()).rejects.toMatchObject({ code: 'FUNCTIONS_EXECUTE_FAIL' });
  clearInterval(writing);
});
