import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sampleStaff } from '../../local/ecosystem/partners';
import { verifySignature } from '../../cloudfunctions/_adapters/crypto/es256';
import { publicKeyFromJwk, validators, verifyReceipt, type PublicJwk } from '../../protocol';
import { accepted } from '../support/ecosystem/client';
import { databaseOf } from '../support/ecosystem/database';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { enrol, type EnrolledHolder } from '../support/ecosystem/enrolment';
import { exportOf } from '../support/ecosystem/export';
import { picturesOf } from '../support/ecosystem/pictures';
import { openShowing, redeem } from '../support/ecosystem/showing';

jest.setTimeout(60_000);

const program = join(__dirname, '..', '..', 'examples', 'log-auditor', 'audit.mjs');
const run = promisify(execFile);

let world: EcosystemUnderTest;
let holder: EnrolledHolder;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'log-auditor-'));
  world = await startEcosystemUnderTest();
  holder = await enrol(world.client('oHolderInTheLog'), picturesOf('lin-zhiyuan'));
}, START_TIMEOUT);
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

interface Audit {
  readonly code: number;
  readonly said: string;
}

/** What the outsider's program comes to; it knows an address and what it kept. */
const audit = async (...options: readonly string[]): Promise<Audit> => {
  try {
    const { stdout } = await run(process.execPath, [program, world.cloud.url, ...options]);
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, said: stdout + stderr };
  }
};
const kept = (): string => join(folder, 'kept.json');
const check = async (): Promise<string> => {
  const staff = world.client(sampleStaff[0]?.openId ?? '');
  const showing = await openShowing(holder.client, holder.key);
  return (await accepted(redeem(staff, showing.code()), validators.RedeemCodeReply)).answer.receipt;
};
const export_ = () => exportOf(holder.client, holder.key);
const read = (path: string): Promise<Response> => fetch(new URL(path, world.cloud.url));

describe('a receipt', () => {
  it('is the same for shop, holder and owner of the shop, and anyone can verify it', async () => {
    const given = await check();
    const { entries } = await accepted(
      holder.client.ask('holder', { action: 'listHistory' }),
      validators.ListHistoryReply,
    );
    expect(entries[0]).toMatchObject({ kind: 'card_checked', receipt: given });
    const owner = world.client('oOwnerParcelShop');
    const { checks } = await accepted(owner.ask('verifier', { action: 'listChecks' }), validators.ListChecksReply);
    expect(checks[0]?.receipt).toBe(given);

    const { issuer, keys } = (await (await read('/public/receipt-keys')).json()) as {
      issuer: string;
      keys: readonly (PublicJwk & { kid: string })[];
    };
    const trusted = new Map(keys.map((jwk) => [jwk.kid, publicKeyFromJwk(jwk)]));
    const verified = verifyReceipt(given, { expectedIssuer: issuer, keys: trusted, verify: verifySignature });
    expect(verified).toMatchObject({
      ok: true,
      receipt: {
        purpose: 'parcel-pickup',
        mode: 'shown',
        claims: ['masked_name', 'masked_number'],
        terminal: 'counter-1',
      },
    });
    // The keys of cards sign no receipts, and the keys of receipts no cards.
    const cards = (await (await read('/.well-known/jwks.json')).json()) as { keys: readonly { kid: string }[] };
    expect(keys.map(({ kid }) => kid)).not.toEqual(expect.arrayContaining(cards.keys.map(({ kid }) => kid)));
  });
});

describe('the log', () => {
  it('is checked by a program of somebody else’s, and goes on from one look to the next', async () => {
    expect((await audit()).code).toBe(2);
    await world.cloud.runTimer('keepLog');
    const first = await audit('--kept', kept());
    expect(first.said).toContain('computed again from all leaves: the same');
    expect(first.code).toBe(0);
    for (let time = 0; time < 3; time += 1) await check();
    await world.cloud.runTimer('keepLog');
    const second = await audit('--kept', kept());
    expect(second.said).toMatch(/it goes on from the \d+ leaves/);
    expect(second.code).toBe(0);
  });

  it('holds every event that the holder can open, and proves it', async () => {
    await check();
    const { events } = await export_();
    await world.cloud.runTimer('keepLog');
    expect(events.length).toBeGreaterThan(4);
    for (const { salt, content } of events) {
      const file = join(folder, 'event.json');
      writeFileSync(file, JSON.stringify({ salt, content }));
      const { code, said } = await audit('--event', file);
      expect(said).toMatch(/event {8}leaf \d+: it is in the log/);
      expect(code).toBe(0);
      writeFileSync(file, JSON.stringify({ salt, content: content.replace('"at":1', '"at":2') }));
      expect((await audit('--event', file)).code).toBe(2);
    }
  });

  it('is kept without ever reading a whole collection', async () => {
    const scans = async (): Promise<unknown> =>
      ((await (await read('/_local/state')).json()) as { readonly scans: unknown }).scans;
    await check();
    const before = await scans();
    await world.cloud.runTimer('keepLog');
    expect(await scans()).toEqual(before);
  });

  it('tells an auditor among the operators of every act what its leaf is made from', async () => {
    const auditor = world.client('oOperatorAuditor1');
    const audited = () => accepted(auditor.ask('operator', { action: 'listAudit' }), validators.ListAuditReply);
    await audited();
    await audited();
    await world.cloud.runTimer('keepLog');
    // The newest is this reading, which has no leaf yet.
    const [, ...entries] = (await audited()).entries;
    expect(entries.length).toBeGreaterThan(1);
    const file = join(folder, 'act.json');
    for (const { id, at, salt, content } of entries.slice(0, 3)) {
      expect(JSON.parse(content)).toMatchObject({ id, at, happening: {} });
      writeFileSync(file, JSON.stringify({ salt, content }));
      expect((await audit('--event', file)).said).toContain('it is in the log');
    }
  });

  it.each([
    ['/public/log/nothing', 404],
    ['/public/log/consistency', 400],
    ['/public/log/consistency?from=1&to=99999999', 404],
    ['/public/log/consistency?from=-1&to=2', 400],
    ['/public/log/inclusion?commitment=AAAA&size=1', 400],
    [`/public/log/inclusion?commitment=${'A'.repeat(43)}&size=1`, 404],
    ['/public/log/tiles/0', 400],
    ['/public/log/tiles/0/1/2', 400],
    ['/public/log/tiles/0/999999', 404],
    ['/public/log/tiles/x/y', 400],
  ])('answers %s with %i', async (path, status) => {
    const answer = await read(path);
    await answer.text();
    expect(answer.status).toBe(status);
  });

  it('tells nobody what happened: its documents hold hashes', async () => {
    const { person } = (await export_()).record ?? {};
    const said = (
      await Promise.all(['checkpoint', 'tiles/0/0'].map(async (path) => (await read(`/public/log/${path}`)).text()))
    ).join();
    expect(person?.name).toBe('林知远');
    for (const secret of [person?.name ?? '-', holder.card.id, 'card_checked', 'sample-parcel-shop']) {
      expect(said).not.toContain(secret);
    }
  });

  it('is found out where somebody changes a leaf, from then on', async () => {
    const tiles = databaseOf(world.cloud).collection('log_tiles');
    const { data } = (await tiles.where({ level: 0, index: 0 }).get()) as {
      data: { _id: string; hashes: string; width: number }[];
    };
    const [tile] = data;
    if (!tile) throw new Error('no tile');
    const { _id, ...whole } = tile;
    const swapped = `${whole.hashes.startsWith('A') ? 'B' : 'A'}${whole.hashes.slice(1)}`;
    await tiles.doc(_id).set({ ...whole, hashes: swapped });
    const changed = await audit('--kept', kept());
    expect(changed.said).toContain('THE LOG LIES');
    expect(changed.code).toBe(1);
    // Nothing is signed over it either.
    await check();
    await expect(world.cloud.runTimer('keepLog')).rejects.toThrow();
    await tiles.doc(_id).set(whole);
    await world.cloud.runTimer('keepLog').catch(() => undefined);
  });
});
