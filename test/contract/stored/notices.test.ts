import { randomBytes } from 'node:crypto';
import { accountKey, cardId, identityKey, instant, noticeId, noticeLineKey } from '../../../protocol';
import type { createNotices } from '../../../cloudfunctions/_adapters/cloudbase/notices';
import type { createUnannounced } from '../../../cloudfunctions/_adapters/cloudbase/unannounced';
import type { Identities } from '../../../cloudfunctions/_adapters/cloudbase/identities';
import { createSealing } from '../../../cloudfunctions/_adapters/crypto/sealing';
import type { Notice, NoticeLine } from '../../../cloudfunctions/_core/notices/notice';
import type { SealedKey } from '../../../cloudfunctions/_core/sealed-key';
import { resources } from '../../../cloudfunctions/resources';
import { createShowingWorld } from '../../support/showing-world';
import { found, startCloudUnderTest, type CloudUnderTest } from '../cloud/cloud-under-test';

const sealing = createSealing(randomBytes(32));
let under: CloudUnderTest;
let notices: ReturnType<typeof createNotices>;
let marks: ReturnType<typeof createUnannounced>;
let identities: Identities;

beforeAll(async () => {
  const collections = resources.collections.filter(({ name }) => ['notices', 'identities'].includes(name));
  under = await startCloudUnderTest({ collections });
  // The adapters' SDK finds the cloud by the environment that has just been set.
  notices = (await import('../../../cloudfunctions/_adapters/cloudbase/notices')).createNotices();
  identities = (await import('../../../cloudfunctions/_adapters/cloudbase/identities')).createIdentities(sealing);
  marks = (await import('../../../cloudfunctions/_adapters/cloudbase/unannounced')).createUnannounced();
});
afterAll(() => under.close());

const notice: Notice = {
  ...{ id: noticeId('a'.repeat(32)), kind: 'consent-withdrawn', consent: 'c'.repeat(32) },
  ...{ queuedAt: instant(1000), expiresAt: instant(9000), dataKey: 'key' as SealedKey, sealed: 'sealed' },
};
const line = (digit: string, change: Partial<NoticeLine> = {}): NoticeLine => ({
  ...{ key: noticeLineKey(digit.repeat(64)), client: 'bank', revision: 1, order: 5, waiting: [notice] },
  ...{ dueAt: instant(1000), tries: 0, keptUntil: instant(50_000), ...change },
});

describe('a line of notices', () => {
  it('comes back as it was kept, is made once, and is replaced by who names its revision', async () => {
    const created = line('1');
    expect(await notices.loadNoticeLine(created.key)).toBeNull();
    expect(await notices.createNoticeLine(created)).toBe(true);
    expect(await notices.createNoticeLine({ ...created, order: 6 })).toBe(false);
    expect(await notices.loadNoticeLine(created.key)).toEqual(created);
    const next = { ...created, revision: 2, order: 7, waiting: [], dueAt: null, tries: 2, keptUntil: instant(60_000) };
    const replaced = await Promise.all([
      notices.replaceNoticeLine(created, next),
      notices.replaceNoticeLine(created, next),
    ]);
    expect(replaced.sort()).toEqual([false, true]);
    expect(await notices.loadNoticeLine(created.key)).toEqual(next);
    const due = { ...next, revision: 3, waiting: [notice], dueAt: instant(1) };
    expect(await notices.replaceNoticeLine(next, due)).toBe(true);
    expect(await notices.loadNoticeLine(created.key)).toEqual(due);
  });

  it('is found by its server once it is due, the longest due first', async () => {
    await notices.createNoticeLine(line('2', { dueAt: instant(3000) }));
    await notices.createNoticeLine(line('3', { client: 'railway', dueAt: instant(2000) }));
    await notices.createNoticeLine(line('4', { client: 'shop', waiting: [], dueAt: null }));
    const clientsAt = async (at: number): Promise<readonly string[]> => {
      const clients: string[] = [];
      for (let last: string | null = ''; last !== null;) {
        last = await notices.nextDueClient(last, instant(at));
        if (last !== null) clients.push(last);
      }
      return clients;
    };
    expect([await clientsAt(0), await clientsAt(1999), await clientsAt(99_999)]).toEqual([
      [],
      ['bank'],
      ['bank', 'railway'],
    ]);
    const keys = async (...given: Parameters<typeof notices.loadDueLines>) =>
      (await notices.loadDueLines(...given)).map(({ key }) => key[0]);
    expect(await keys('bank', instant(2999), 9)).toEqual(['1']);
    expect(await keys('bank', instant(3000), 9)).toEqual(['1', '2']);
    expect(await keys('bank', instant(3000), 1)).toEqual(['1']);
  });

  it('is forgotten once it is kept no longer and nothing waits in it', async () => {
    expect(await notices.forgetNoticeLines(instant(50_000))).toBe(0);
    expect(await notices.forgetNoticeLines(instant(90_000))).toBe(1);
    expect(
      (await found(under.app.database().collection('notices').limit(9))).map(({ client }) => client),
    ).not.toContain('shop');
  });
});

describe('the mark of what institutions are to hear', () => {
  it('is found, and taken off by who names it as it is', async () => {
    const created = { ...createShowingWorld().identity(), dataKey: sealing.newDataKey() };
    await identities.createIdentity(created);
    expect(await marks.listUnannounced(null, 9)).toEqual([]);
    const unannounced = { since: created.revision + 1, isCard: true, withdrawn: [4] };
    const marked = { ...created, revision: created.revision + 1, unannounced };
    expect(await identities.replaceIdentity(created, marked)).toBe(true);
    expect(await marks.listUnannounced(null, 9)).toEqual([marked.key]);
    expect(await marks.clearUnannounced({ ...marked, unannounced: { ...unannounced, since: 99 } })).toBe(false);
    expect(await marks.clearUnannounced(marked)).toBe(true);
    expect([await marks.clearUnannounced(marked), await marks.listUnannounced(null, 9)]).toEqual([false, []]);
    // Everything else stays as it was, and is changed by who has read it before.
    expect(await identities.replaceIdentity(marked, { ...marked, revision: marked.revision + 1 })).toBe(true);
  });

  it('is listed by key, from any place on', async () => {
    const created = createShowingWorld().identity();
    const keys = ['e', '1', '9'].map((digit) => identityKey(digit.repeat(64)));
    for (const key of keys) {
      const [account, card] = [accountKey(key), { ...created.card, id: cardId(key.slice(0, 32)) }];
      const unannounced = { since: 1, isCard: true, withdrawn: [] };
      const marked = { ...created, key, account, card, dataKey: sealing.newDataKey(), unannounced };
      expect(await identities.createIdentity(marked)).toBe('created');
    }
    const [last, first, middle] = keys;
    expect(await marks.listUnannounced(null, 9)).toEqual([first, middle, last]);
    expect(await marks.listUnannounced(null, 2)).toEqual([first, middle]);
    expect(await marks.listUnannounced(identityKey('5'.repeat(64)), 9)).toEqual([middle, last]);
    expect(await marks.listUnannounced(identityKey('e'.repeat(64)), 9)).toEqual([]);
  });
});
