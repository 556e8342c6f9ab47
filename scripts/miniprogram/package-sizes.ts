/** WeChat's limits, in MB as its compiler states them. */
export interface SizeLimits {
  /** The main package. */
  readonly MaxCodeSize: number;
  /** One subpackage. */
  readonly MaxSubpackageSubCodeSize: number;
  /** All packages together. */
  readonly MaxSubpackageFullCodeSize: number;
}

/** A compiled mini-program: path below its root to content. */
export type CompiledFiles = Readonly<Record<string, string | Uint8Array>>;

export interface Packages {
  /** Every page of `app.json`, as a path below the mini-program's root. */
  readonly pages: readonly string[];
  /** A table of the packages' sizes, and a line for each package that is beyond its limit. */
  readonly measure: (files: CompiledFiles, limits: SizeLimits) => { lines: string[]; faults: string[] };
}

const MEGABYTE = 1024 * 1024;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];

const subpackagesOf = (appJson: Record<string, unknown>): { root: string; pages: string[] }[] => {
  const declared: unknown = appJson['subPackages'] ?? appJson['subpackages'];
  return (Array.isArray(declared) ? declared : []).filter(isRecord).flatMap(({ root, pages }) => {
    if (typeof root !== 'string') return [];
    const folder = root.endsWith('/') ? root : `${root}/`;
    return [{ root: folder, pages: strings(pages).map((page) => folder + page) }];
  });
};

/** The packages that an `app.json` declares. */
export const packagesOf = (appJson: unknown): Packages => {
  const app = isRecord(appJson) ? appJson : {};
  const subpackages = subpackagesOf(app);

  const measure: Packages['measure'] = (files, limits) => {
    const sizes = new Map<string, number>([['', 0], ...subpackages.map(({ root }): [string, number] => [root, 0])]);
    for (const [path, content] of Object.entries(files)) {
      const root = subpackages.find((subpackage) => path.startsWith(subpackage.root))?.root ?? '';
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content).length : content.length;
      sizes.set(root, (sizes.get(root) ?? 0) + bytes);
    }
    const rows = [...sizes].map(([root, bytes]) => ({
      name: root === '' ? 'main package' : root,
      bytes,
      limit: (root === '' ? limits.MaxCodeSize : limits.MaxSubpackageSubCodeSize) * MEGABYTE,
    }));
    const total = rows.reduce((sum, row) => sum + row.bytes, 0);
    const table = [...rows, { name: 'together', bytes: total, limit: limits.MaxSubpackageFullCodeSize * MEGABYTE }];
    const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;
    return {
      lines: table.map(
        ({ name, bytes, limit }) => `  ${name.padEnd(24)} ${kilobytes(bytes).padStart(12)} of ${kilobytes(limit)}`,
      ),
      faults: table
        .filter(({ bytes, limit }) => bytes > limit)
        .map(({ name, bytes, limit }) => `${name}: ${kilobytes(bytes)}, but WeChat takes ${kilobytes(limit)} at most`),
    };
  };
  return { pages: [...strings(app['pages']), ...subpackages.flatMap(({ pages }) => pages)], measure };
};
