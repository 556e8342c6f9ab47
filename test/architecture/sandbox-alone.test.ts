import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { resources, type CloudFunction } from '../../cloudfunctions/resources';
import { root } from './workbench';

const ADAPTERS = 'cloudfunctions/_adapters/cloudbase/';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** What a module loads of ours when it runs: types alone load nothing. */
const loadedBy = (path: string): readonly string[] =>
  [...read(path).matchAll(/^(?:import|export) (?!type\b)[^;']* from '(\.[^']*)';/gm)].flatMap(([, named = '']) => {
    const found = relative(root, join(root, dirname(path), named)).replaceAll('\\', '/');
    return [`${found}.ts`, `${found}/index.ts`].filter((file) => existsSync(join(root, file)));
  });

/** Everything that a function's bundle is made of, before the bundler leaves out what is not called. */
const loadedFrom = (entry: string): ReadonlySet<string> => {
  const seen = new Set<string>();
  const waiting = [entry];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    waiting.push(...loadedBy(path));
  }
  return seen;
};

const adaptersOf = (name: string): readonly string[] =>
  [...loadedFrom(`cloudfunctions/${name}/index.ts`)]
    .filter((path) => path.startsWith(ADAPTERS))
    .map((path) => path.slice(ADAPTERS.length))
    .sort();

const functions: readonly CloudFunction[] = resources.functions;
const sandbox = functions.find(({ name }) => name === 'sandbox');
const others = functions.filter(({ name }) => name !== 'sandbox');

describe('the sandbox', () => {
  it('has keys of its own, and none of another function', () => {
    expect(sandbox?.environment).toEqual(['ISSUER', 'SANDBOX_KEYS', 'SANDBOX_RECEIPT_KEYS', 'SANDBOX_SECRET']);
    const theirs = new Set(others.flatMap(({ environment }) => environment));
    expect(sandbox?.environment.filter((variable) => theirs.has(variable))).toEqual(['ISSUER']);
  });

  it('reaches its own records, and who is registered: no collection of persons', () => {
    expect(adaptersOf('sandbox')).toEqual([
      'app.ts',
      'institutions.ts',
      'oauth-records.ts',
      'rate-windows.ts',
      'registered-partners.ts',
      'sandbox-store.ts',
    ]);
    // So that it is seen what would stand there.
    expect(adaptersOf('institution')).toEqual(expect.arrayContaining(['identities.ts', 'events.ts', 'asks.ts']));
  });

  it('is the one function that names its collection, beside the job that forgets', () => {
    const naming = functions.filter(({ name }) =>
      [...loadedFrom(`cloudfunctions/${name}/index.ts`)].some(
        (path) => !path.startsWith(ADAPTERS) && read(path).includes("'sandbox_records'"),
      ),
    );
    expect(naming.map(({ name }) => name).sort()).toEqual(['jobs', 'sandbox']);
  });

  it('names its collection wherever records or turns are kept, since theirs are others’ without', () => {
    const ports = read('cloudfunctions/sandbox/ports.ts');
    expect([...ports.matchAll(/createOauthRecords\(.*, 'sandbox_records'\)/g)]).toHaveLength(1);
    expect([...ports.matchAll(/createTakeTurn\(.*'sandbox_records'.*\)/g)]).toHaveLength(1);
    expect([...ports.matchAll(/create(?:OauthRecords|TakeTurn)\(/g)]).toHaveLength(2);
  });
});
