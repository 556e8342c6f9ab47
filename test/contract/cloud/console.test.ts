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
  for (const cloudPath of ['kept/file', `kept/${'long-'.repeat(40)}`]) {
    await under.app.uploadFile({ cloudPath, fileContent: Buffer.from('x') });
  }
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

  /** That a developer sees the last column without scrolling. */
  const fits = () => page.locator('.wide-table').evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth);

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
  expect(await fits()).toBe(true);
  await looks();
  await view('Logs');
  await page.getByText('The last 0 lines').waitFor();
  await view('Storage');
  await page.getByRole('link', { name: 'Download kept/file' }).waitFor();
  expect(await fits()).toBe(true);
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

it('is opened by a link of another page, which can load nothing of the tools itself', async () => {
  const page = await browser.newPage();
  const address = `${under.cloud.url}/_local/`;
  // Another port of this machine is another origin, and still the same site.
  await page.route('http://127.0.0.1:1/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<a href="${address}">page</a><a href="${address}export">data</a>`,
    }),
  );
  await page.goto('http://127.0.0.1:1/');
  await page.getByText('data').click();
  await page.getByText('PERMISSION_DENIED').waitFor();
  await page.goBack();
  await page.getByText('page').click();
  await page.getByRole('heading', { name: 'Documents' }).waitFor();
});

it('ends its pages of files where the files end, and begins its calls anew with a new server', async () => {
  const upload = (count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, n) =>
        under.app.uploadFile({ cloudPath: `kept/${String(n)}`, fileContent: Buffer.from('x') }),
      ),
    );
  await upload(50);
  const page = await browser.newPage();
  await page.goto(`${under.cloud.url}/_local/`);
  const view = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const next = page.getByRole('button', { name: 'Next' });
  await view('Storage');
  await page.getByText('50 files').waitFor();
  expect(await next.isDisabled()).toBe(true);
  await upload(51);
  await view('Refresh');
  await page.getByText('51 files').waitFor();
  expect(await page.getByRole('link', { name: 'Download' }).count()).toBe(50);
  await next.click();
  await page.getByRole('link', { name: 'Download kept/9', exact: true }).waitFor();
  expect(await page.getByRole('link', { name: 'Download' }).count()).toBe(1);
  expect(await next.isDisabled()).toBe(true);

  await view('Calls');
  await page.getByText('storage.getUploadMetadata').first().waitFor();
  const call = {
    number: 1,
    at: 0,
    kind: 'action',
    name: 'of the new server',
    arguments: '',
    durationMs: 1,
    outcome: 'OK',
  };
  await page.route('**/_local/calls?since=*', (route) =>
    route.fulfill({ json: { next: 1, calls: route.request().url().endsWith('since=0') ? [call] : [] } }),
  );
  await view('Refresh');
  await page.getByText('The last 1 calls').waitFor();
  await page.getByRole('cell', { name: 'of the new server' }).waitFor();
});
