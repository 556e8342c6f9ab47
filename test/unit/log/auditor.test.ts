import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createCheckpoint, readMerkleHash } from '../../../protocol';
import { events, startAuditor, type Audit, type Auditor } from '../../support/auditor';
import { newKeyPair } from '../../support/key-pair';
import type { Answer, PublishedLog } from '../../support/published-log';

let auditor: Auditor;
let log: PublishedLog;
beforeEach(async () => {
  auditor = await startAuditor();
  ({ log } = auditor);
});
afterEach(() => auditor.close());

const audit = (...options: readonly string[]): Promise<Audit> => auditor.audit(...options);
const hold = (count: number, secondsAgo?: number): void => auditor.hold(count, secondsAgo);
const kept = (): string => auditor.file('kept.json');
const MINUTES = 60;

const tile = (honest: Answer): { level: number; index: number; hashes: string[] } => honest as never;

describe('a log that is honest', () => {
  it.each([
    [1, 2],
    [3, 256],
    [256, 257],
    [300, 700],
  ])('holds at %i leaves and at %i, and what was kept is signed', async (first, second) => {
    hold(first);
    expect(await audit('--kept', kept())).toMatchObject({ code: 0 });
    const { checkpoints, keys, issuer } = JSON.parse(readFileSync(kept(), 'utf8')) as {
      checkpoints: string[];
      keys: { kid: string }[];
      issuer: string;
    };
    expect(checkpoints).toHaveLength(1);
    expect(checkpoints[0]?.split('.')).toHaveLength(3);
    expect({ issuer, kids: keys.map(({ kid }) => kid) }).toEqual({ issuer: log.url, kids: ['log-1'] });
    hold(second);
    const again = await audit('--kept', kept());
    expect(again.said).toContain(`it goes on from the ${String(first)} leaves`);
    expect(again.code).toBe(0);
    expect(auditor.evidence()).toEqual([]);
  });

  it('may be late with what it has just signed, in every part', async () => {
    hold(300);
    for (const part of ['/public/log/checkpoint', '/public/log/tiles/0/1', '/.well-known/jwks.json']) {
      log.lies = { [part]: () => null };
      expect([part, (await audit('--kept', kept())).code]).toEqual([part, 2]);
    }
    log.lies = { '/public/log/tiles/0/1': (honest) => ({ ...(honest as object), hashes: [] }) };
    expect((await audit()).code).toBe(2);
    log.lies = {};
    expect((await audit('--kept', kept())).code).toBe(0);
    // An older checkpoint, as a cache might have it.
    hold(299, 5);
    expect((await audit('--kept', kept())).code).toBe(2);
    hold(310);
    log.lies = { '/public/log/consistency': () => null };
    expect((await audit('--kept', kept())).code).toBe(2);
  });

  it('is not called whole while nothing is signed any more', async () => {
    hold(3, 69 * MINUTES);
    expect((await audit()).code).toBe(0);
    hold(3, 71 * MINUTES);
    expect(await audit()).toEqual({ code: 2, said: expect.stringContaining('more than an hour') as string });
    hold(3, -11 * MINUTES);
    expect(await audit()).toEqual({ code: 2, said: expect.stringContaining('of the future') as string });
  });
});

describe('a log that lies', () => {
  it.each([
    ['/public/log/tiles/0/0', 'tile 0'],
    ['/public/log/tiles/0/1', 'tile 1'],
  ])('is caught where it denies %s of a tree that it signed long ago', async (path, said) => {
    hold(300, 11 * MINUTES);
    log.lies = { [path]: () => null };
    const denied = await audit();
    expect(denied.said).toContain(`THE LOG LIES: ${said}`);
    expect(denied.code).toBe(1);
  });

  it('is caught by what was kept, though it signs anew all the time', async () => {
    hold(300, 11 * MINUTES);
    expect((await audit('--kept', kept())).code).toBe(0);
    hold(301);
    log.lies = { '/public/log/tiles/0/1': () => null };
    // Of the 45 leaves of this tile 44 were signed eleven minutes ago, and the last one just now.
    expect((await audit('--kept', kept())).code).toBe(1);
    log.lies = { '/public/log/tiles/0/1': (honest) => ({ ...tile(honest), hashes: tile(honest).hashes.slice(0, 44) }) };
    expect((await audit('--kept', kept())).code).toBe(2);
    log.lies = { '/public/log/checkpoint': () => null };
    expect((await audit('--kept', kept())).code).toBe(1);
    log.lies = {};
    hold(299);
    expect((await audit('--kept', kept())).said).toContain('THE LOG LIES: the log has not the 300 leaves');
  });

  it('leaves evidence that convicts it: two signed trees, and leaves that make up one of them', async () => {
    hold(5);
    await audit('--kept', kept());
    const before = readFileSync(kept(), 'utf8');
    log.commitments = [...events(0, 3), ...events(3, 9, 'another')];
    log.signed = { size: 9, secondsAgo: 0 };
    const { code, said } = await audit('--kept', kept());
    expect(said).toContain('THE LOG LIES: two signed trees do not go together');
    expect(code).toBe(1);
    const [name = ''] = auditor.evidence();
    const { checkpoints, keys, leaves, says } = JSON.parse(readFileSync(auditor.file(name), 'utf8')) as {
      checkpoints: string[];
      keys: unknown[];
      leaves: string[];
      says: string;
    };
    expect({ checkpoints: checkpoints.length, keys: keys.length, leaves: leaves.length }).toEqual({
      checkpoints: 2,
      keys: 1,
      leaves: 9,
    });
    expect(says).toContain('do not go together');
    // What was kept is kept: the next run finds the same.
    expect(readFileSync(kept(), 'utf8')).toBe(before);
    expect((await audit('--kept', kept())).code).toBe(1);
  });

  it('is caught with two trees of one size', async () => {
    hold(8);
    await audit('--kept', kept());
    log.commitments = [...events(0, 7), ...events(7, 8, 'another')];
    expect((await audit('--kept', kept())).code).toBe(1);
  });

  it('is caught where it came to a kept tree only after another', async () => {
    hold(2);
    await audit('--kept', kept());
    hold(6);
    await audit('--kept', kept());
    log.commitments = [...events(0, 1), ...events(1, 6, 'another'), ...events(6, 7)];
    log.signed = { size: 7, secondsAgo: 0 };
    expect((await audit('--kept', kept())).said).toContain('do not go together: of 2 and of 7 leaves');
  });

  const bytes = (length: number): string => Buffer.alloc(length, 1).toString('base64url');
  it.each<[string, (honest: Answer) => Answer]>([
    ['another hash', (honest) => ({ ...tile(honest), hashes: [bytes(32), ...tile(honest).hashes.slice(1)] })],
    ['a hash too short', (honest) => ({ ...tile(honest), hashes: [bytes(31), ...tile(honest).hashes.slice(1)] })],
    ['a hash too long', (honest) => ({ ...tile(honest), hashes: [bytes(33), ...tile(honest).hashes.slice(1)] })],
    ['a node where two leaves are', (honest) => ({ ...tile(honest), hashes: [bytes(64), ...tile(honest).hashes] })],
    [
      'a hash in another spelling',
      (honest) => ({ ...tile(honest), hashes: tile(honest).hashes.map((one) => `${one}=`) }),
    ],
    ['the tile beside it', (honest) => ({ ...tile(honest), index: 1 })],
    ['a tile too wide', (honest) => ({ ...tile(honest), hashes: Array.from({ length: 257 }, () => bytes(32)) })],
  ])('is caught where a tile holds %s', async (_, lie) => {
    hold(6);
    log.lies = { '/public/log/tiles/0/0': lie };
    expect((await audit()).code).toBe(1);
  });

  it('is caught with a false signature, by whichever key', async () => {
    hold(2);
    const honest = log.checkpoint();
    const stranger = newKeyPair();
    const root = readMerkleHash(bytes(32));
    if (!root) throw new Error('a hash is 32 bytes');
    const forged = { issuer: log.url, issuedAt: Math.floor(Date.now() / 1000), size: 2, root };
    log.lies = { '/public/log/checkpoint': () => createCheckpoint(forged, { kid: 'log-1', sign: stranger.sign }) };
    expect((await audit()).code).toBe(1);
    log.lies = { '/public/log/checkpoint': () => createCheckpoint(forged, { kid: 'log-1', sign: log.logKey.sign }) };
    expect((await audit()).said).toContain('do not make up the signed root');
    // Signed, and no checkpoint of this log.
    for (const text of [
      `${honest}.x`,
      honest.replace('.', '..'),
      createCheckpoint({ ...forged, issuer: 'https://other.example' }, { kid: 'log-1', sign: log.logKey.sign }),
      createCheckpoint(forged, { kid: 'log-2', sign: log.logKey.sign }),
      '<html></html>',
    ]) {
      log.lies = { '/public/log/checkpoint': () => text };
      expect((await audit()).code).toBe(2);
    }
  });

  it.each<[string, (honest: Answer) => Answer]>([
    ['no proof', () => ({ proof: [] })],
    ['a proof with a hash too many', (honest) => ({ proof: [...(honest as { proof: string[] }).proof, bytes(32)] })],
    ['a proof with a hash too short', () => ({ proof: [bytes(31)] })],
  ])('is caught where it proves with %s that it goes on', async (_, lie) => {
    hold(5);
    await audit('--kept', kept());
    hold(9);
    log.lies = { '/public/log/consistency': lie };
    expect((await audit('--kept', kept())).code).toBe(1);
  });

  it('is left alone where it does not answer in its own language', async () => {
    hold(2);
    log.lies = { '/public/log/tiles': () => '<html>a portal</html>' };
    expect((await audit()).code).toBe(2);
    log.lies = { '/public/log/tiles': () => 'x'.repeat(2 << 20) };
    expect(await audit()).toEqual({ code: 2, said: expect.stringContaining('without an end') as string });
  });
});

describe('what was kept', () => {
  it('is refused where it was changed, or is of another issuer or kind', async () => {
    hold(2);
    await audit('--kept', kept());
    const document = JSON.parse(readFileSync(kept(), 'utf8')) as { checkpoints: string[]; issuer: string };
    const [checkpoint = ''] = document.checkpoints;
    const [header = '', , signature = ''] = checkpoint.split('.');
    const payload = { iss: log.url, iat: 1, size: 1, root: 'A'.repeat(43) };
    const forged = [header, Buffer.from(JSON.stringify(payload)).toString('base64url'), signature].join('.');
    for (const text of [
      JSON.stringify({ ...document, checkpoints: [forged] }),
      JSON.stringify({ ...document, issuer: 'https://other.example' }),
      JSON.stringify({ ...document, keys: [] }),
      JSON.stringify({ size: 2, root: 'A'.repeat(43) }),
      '{',
    ]) {
      writeFileSync(kept(), text);
      expect((await audit('--kept', kept())).code).toBe(2);
      expect(readFileSync(kept(), 'utf8')).toBe(text);
    }
  });
});

describe('bad use', () => {
  it('is told apart, and says how it is used', async () => {
    hold(1);
    for (const options of [['--unknown'], ['--kept'], ['another'], ['--event', auditor.file('none')]]) {
      expect((await audit(...options)).code).toBe(2);
    }
    expect((await audit('--unknown')).said).toContain('node audit.mjs <issuer url>');
    expect(existsSync(kept())).toBe(false);
  });
});
