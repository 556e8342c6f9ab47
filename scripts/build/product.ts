import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { performance } from 'node:perf_hooks';
import { root } from '../repository';

/** One thing that the build makes. `make` returns the files that it wrote, absolute, the principal one first. */
export interface Product {
  readonly name: string;
  readonly make: () => Promise<readonly string[]>;
}

/**
 * Writes a file whole or not at all, so that a process that starts while a build runs never loads half a bundle.
 * @returns the path, for the product's list of files
 */
export const writeWhole = async (path: string, content: string | Uint8Array): Promise<string> => {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${String(process.pid)}.tmp`;
  await writeFile(draft, content);
  await rename(draft, path);
  return path;
};

const describeFault = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));

const size = (bytes: number): string =>
  bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

const make = async (product: Product): Promise<readonly string[]> => {
  const started = performance.now();
  const files = await product.make();
  const [principal] = files;
  if (principal === undefined) throw new Error('it came out empty');
  const columns = [
    product.name.padEnd(22),
    relative(root, principal).padEnd(42),
    size((await stat(principal)).size).padStart(9),
    `${(performance.now() - started).toFixed(0)} ms`.padStart(8),
  ];
  process.stderr.write(`  ${columns.join('  ')}\n`);
  return files;
};

/**
 * Makes the products side by side and prints a line for each: principal file, its size, the time taken.
 * @returns all files that were made, absolute
 * @throws where a product could not be made, once the others are done
 */
export const makeAll = async (products: readonly Product[]): Promise<string[]> => {
  const outcomes = await Promise.allSettled(products.map(make));
  const failed = outcomes.flatMap((outcome, index) =>
    outcome.status === 'rejected' ? [`${products[index]?.name ?? ''}: ${describeFault(outcome.reason)}`] : [],
  );
  if (failed.length > 0) throw new Error(`Not built:\n\n${failed.join('\n\n')}`);
  return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [...outcome.value] : []));
};
