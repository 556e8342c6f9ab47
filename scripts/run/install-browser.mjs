import { run } from './child.mjs';
import { locate, onPath } from './find-browser.mjs';

/**
 * Installs Chromium and Chinese fonts where there is no browser and this may be done without asking: as the superuser of a Debian,
 * which is what containers are. Elsewhere whoever needs the browser says how to get one.
 */
export const installBrowser = async () => {
  if (process.env['WECHAT_ID_CHROMIUM'] || locate() !== undefined) return;
  if (process.getuid?.() !== 0 || onPath('apt-get') === undefined) return;
  process.stderr.write('Installing Chromium for the tests in a browser …\n');
  const options = { output: 'progress' };
  await run(['apt-get', 'update', '-qq'], options);
  await run(['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], options);
};
