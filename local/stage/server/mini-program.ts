import { watch } from 'node:fs';
import type { Bundled } from '../../phone/contract/bundle';
import { createBundler } from '../../phone/bundle';

/** Editors save in several steps; the last one counts. In milliseconds. */
const SETTLED_MS = 120;

export interface MiniProgram {
  /** The newest bundle. */
  readonly current: () => Promise<Bundled>;
  readonly close: () => void;
}

/**
 * A mini-program's bundle, made anew when a file of it is saved.
 * @param folder of its `app.json`
 * @param onRebuilt after each rebuilding that a save has caused; null: nobody watches
 */
export const openMiniProgram = (folder: string, onRebuilt: ((bundled: Bundled) => void) | null): MiniProgram => {
  const bundler = createBundler(folder);
  let current = bundler.bundle();
  let settling: ReturnType<typeof setTimeout> | undefined;
  const watcher =
    onRebuilt &&
    watch(folder, { recursive: true }, (_, file) => {
      if (file === null || file.startsWith('miniprogram_npm') || file.endsWith('.tmp')) return;
      clearTimeout(settling);
      settling = setTimeout(() => {
        current = bundler.bundle();
        void current.then(onRebuilt);
      }, SETTLED_MS);
    });
  return {
    current: () => current,
    close: () => {
      clearTimeout(settling);
      watcher?.close();
    },
  };
};
