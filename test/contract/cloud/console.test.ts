import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../support/browser';
import { graveBarriers } from '../../support/journey/inspection';
import { collection, startCloudUnderTest, type CloudUnderTest } from './cloud-under-test';
import { askTool } from './tools-client';

const root = join(__dirname, '..', '..', '..');

let under: CloudUnderTest;
let browser: Browser;
beforeAll(async () => {
  under = await startCloudUnderTest({
    collections: [collection('plain', [{ name: 'by_key', keys: { key: 1 }, unique: true, sparse: true }])],
    storage: [{ prefix: 'kept/', clientAccess: 'none', maxBytes: 1000 }],
  });
  // Beside the runner of instances, as the build leaves it.
  const page = join(dirname(under.dataDir), 'console');
  const source = join(root, 'local', 'cloud', 'console');
  mkdirSync(page);
  for (const file of ['index.html', 'console.css']) copyFileSync(join(source, file), join(page, file));
  const esbuild = join(root, 'node_modules', '.bin', 'esbuild');
  execFileSync(esbuild, [join(source, 'main.ts'), '--bundle', '--log-level=error', `--outfile=${page}/console.js`]);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await under.close();
});

it('shows what is there as text, finds by a query, and turns what can be turned, in both themes', async () => {
  const plain = under.app.database().collection('plain');
  await plain.add({ _id: 'hostile', key: '<img src=x onerror="document.title=1">' });
  await plain.add({ _id: 'second', key: 'two' });
  await under.app.uploadFile({ cloudPath: 'kept/file', fileContent: Buffer.from('x') });
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await page.goto(`${under.cloud.url}/_local/`);
  const view = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const looks = async (): Promise<void> => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      faults.push(...(await graveBarriers(page)));
    }
  };

  await page.getByText('<img src=x').waitFor();
  expect(await page.locator('main img').count()).toBe(0);
  await page.getByLabel('Query (JSON)').fill('{"key":"two"}');
  await page.getByLabel('Query (JSON)').press('Enter');
  await page.getByText('1–1 of 1 documents').waitFor();
  await page.getByText('Indexes of plain').waitFor();
  await looks();
  await page.getByLabel('Query (JSON)').fill('{');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByText('INVALID_PARAM').waitFor();

  await view('Calls');
  await page.getByText('database.insertDocument').first().waitFor();
  await looks();
  await view('Logs');
  await page.getByText('The last 0 lines').waitFor();
  await view('Storage');
  await page.getByRole('link', { name: 'Download kept/file' }).waitFor();
  await looks();
  await view('Faults');
  await page.getByRole('combobox', { name: /^Fault/ }).selectOption('busy');
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('cell', { name: 'busy' }).waitFor();
  await looks();
  await view('Clock and data');
  await view('1 day on');
  await page.getByText('24.00 hours ahead').waitFor();
  await looks();
  page.on('dialog', (dialog) => void dialog.accept());
  await view('Remove everything');
  await page.getByText('The environment is empty.').waitFor();
  expect((await askTool(under, 'state')).body['collections']).toEqual({ plain: 0 });
  // The one wrong query.
  expect(faults.filter((fault) => !fault.includes('400'))).toEqual([]);
});
