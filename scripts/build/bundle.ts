import { build, formatMessages, type BuildOptions, type Metafile } from 'esbuild';
import { root } from '../repository';
import { writeWhole } from './product';

interface Bundle {
  readonly files: readonly string[];
  readonly metafile: Metafile;
}

/** Runs esbuild and writes what it made, each file whole. @throws where a source does not compile or resolve */
export const bundle = async (options: BuildOptions & { outfile: string }): Promise<Bundle> => {
  const result = await build({
    absWorkingDir: root,
    bundle: true,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
    ...options,
    metafile: true,
    write: false,
  });
  if (result.warnings.length > 0)
    process.stderr.write((await formatMessages(result.warnings, { kind: 'warning' })).join(''));
  // The source map must be in place before the script that names it.
  const [maps, scripts] = [true, false].map((map) =>
    result.outputFiles.filter(({ path }) => path.endsWith('.map') === map),
  );
  const files: string[] = [];
  for (const file of [...(maps ?? []), ...(scripts ?? [])]) files.unshift(await writeWhole(file.path, file.contents));
  return { files, metafile: result.metafile };
};
