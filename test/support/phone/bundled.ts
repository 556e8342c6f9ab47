import { createContext, Script } from 'node:vm';
import { createBundler } from '../../../local/phone/bundle';
import type { Bundled, PhoneBundle } from '../../../local/phone/contract/bundle';
import { writeMiniProgram, type FileTexts } from './mini-program';

/** What a bundle's script leaves for the host. @throws Error where the mini-program does not build */
export const readBundle = (bundled: Bundled): PhoneBundle => {
  if (!bundled.ok) throw new Error(bundled.faults.join('\n'));
  const realm: { phoneBundle?: PhoneBundle } = {};
  new Script(bundled.script).runInContext(createContext(realm));
  if (!realm.phoneBundle) throw new Error('the script sets no bundle');
  return realm.phoneBundle;
};

/** Bundles a mini-program of these files. */
export const bundle = async (files: FileTexts): Promise<Bundled> => {
  const written = writeMiniProgram(files);
  try {
    return await createBundler(written.folder).bundle();
  } finally {
    written.close();
  }
};

/** The faults that keep a mini-program of these files from running. */
export const faultsOf = async (files: FileTexts): Promise<string> => {
  const bundled = await bundle(files);
  return bundled.ok ? '' : bundled.faults.join('\n');
};

/** What a module of a bundle exports, run with what it requires. */
export const runModule = ({ modules }: PhoneBundle, path: string): unknown => {
  const source = modules[path];
  if (!source) throw new Error(`the bundle has no module ${path}`);
  const module: { exports: unknown } = { exports: {} };
  source.run(
    (request) => runModule({ modules } as PhoneBundle, source.requires[request] ?? ''),
    module,
    module.exports,
  );
  return module.exports;
};
