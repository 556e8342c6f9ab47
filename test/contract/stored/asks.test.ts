import { randomBytes } from 'node:crypto';
import {
  accountKey,
  cardId,
  identityKey,
  instant,
  sessionHandle,
  type AccountKey,
  type SessionHandle,
} from '../../../protocol';
import type { AskNumbers } from '../../../cloudfunctions/_adapters/cloudbase/ask-numbers';
import type { Asks } from '../../../cloudfunctions/_adapters/cloudbase/asks';
import type { CounterSessions } from '../../../cloudfunctions/_adapters/cloudbase/counter-sessions';
import { createBlindIndex } from '../../../cloudfunctions/_adapters/crypto/blind-index';
import { createHolderNames } from '../../../cloudfunctions/_adapters/crypto/holder-names';
import { createSealing } from '../../../cloudfunctions/_adapters/crypto/sealing';
import { now } from '../../../cloudfunctions/_adapters/runtime/ambient';
import type { Release } from '../../../cloudfunctions/_core/asks/ask';
import type { Identity } from '../../../cloudfunctions/_core/card/identity';
import { consentEnd, type LastingConsent } from '../../../cloudfunctions/_core/consents/consent';
import type { CounterSession } from '../../../cloudfunctions/_core/showing/counter-session';
import type { HolderAsks } from '../../../cloudfunctions/_adapters/institutions/api';
import { resources } from '../../../cloudfunctions/resources';
import { bank } from '../../support/institution-world';
import { createShowingWorld } from '../../support/showing-world';
import { found, startCloudUnderTest, type CloudUnderTest } from '../cloud/cloud-under-test';

const secrets = { dataKey: randomBytes(32), indexKey: randomBytes(32), referenceKey: randomBytes(32) };
const sealing = createSealing(secrets.dataKey);
const index = createBlindIndex(secrets.indexKey);
const needed = ['counter_sessions', 'ask_numbers', 'identities', 'partners', 'rate_windows'];

let under: CloudUnderTest;
let sessions: CounterSessions;
let asks: Asks;
let numbers: AskNumbers;
let createIdentity: (created: Identity) => Promise<unknown>;
let holderAsks: HolderAsks;

beforeAll(async () => {
  const collections = resources.collections.filter(({ name }) => needed.includes(name));
  under = await startCloudUnderTest({ collections });
  // The adapters' SDK finds the cloud by the environment that has just been set.
  sessions = (await import('../../../cloudfunctions/_adapters/cloudbase/counter-sessions')).createCounterSessions();
  asks = (await import('../../../cloudfunctions/_adapters/cloudbase/asks')).createAsks(sealing);
  numbers = (await import('../../../cloudfunctions/_adapters/cloudbase/ask-numbers')).createAskNumbers();
  ({ createIdentity } = (await import('../../../cloudfunctions/_adapters/cloudbase/identities')).createIdentities(
    sealing,
  ));
  holderAsks = (await import('../../../cloudfunctions/institution/asks')).createHolderAsks(secrets);
});
afterAll(() => under.close());

const stored = (collection: string) => found(under.app.database().collection(collection).limit(1000));
const freshHandle = (): SessionHandle => sessionHandle(randomBytes(16).toString('base64url'));
const identity = identityKey('1'.repeat(64));
const account = (digit: string): AccountKey => accountKey(digit.repeat(64));

const session = (change: Partial<CounterSession> = {}): CounterSession => ({
  ...{ handle: freshHandle(), partner: 'minjiang-bank', shop: 'bank-branches', terminal: 'bank-branches' },
  ...{ verifier: account('b'), purpose: 'bank-account-opening', claims: ['name', 'number'] },
  ...{ openedAt: instant(1000), expiresAt: instant(2000), claimedBy: { identity, at: instant(1100) }, hindrance: null },
  ask: {
    ...{ way: 'number', tier: 'full', bindingMessage: '482 913', presentationNonce: null },
    ...{ expiresAt: instant(2000), isBeingDeclined: false, outcome: null },
  },
  ...change,
});

const release: Release = {
  identity,
  card: cardId('c'.repeat(32)),
  presentation: 'jwt~disclosure~binding',
  answer: {
    ...{ eventId: 'e'.repeat(32), purpose: 'bank-account-opening', mode: 'asked', tier: 'full', stepUp: ['face'] },
    facts: {
      ...{ signatureValidAt: 1500, codeMadeAt: 1400, redeemedAt: 1500 },
      ...{ status: 'valid', statusAsOf: 1500 },
    },
    ...{ claims: { name: '林晓梅', number: '11010119491231002X' }, portrait: '/9g=' },
    ...{ matchMark: { word: 1, colour: 2 }, receipt: 'a.b.c' },
  },
};

const kept = async (change: Partial<CounterSession> = {}): Promise<CounterSession> => {
  const created = session(change);
  await sessions.createSession(created);
  if (created.claimedBy) await sessions.claimSession(created, created.claimedBy);
  return created;
};

describe('an ask', () => {
  it('comes back as it was kept, and a session from before there were asks is a counter’s', async () => {
    const created = await kept();
    expect(await sessions.loadSession(created.handle)).toEqual(created);
    const old = freshHandle();
    const { handle: _handle, ask: _ask, claimedBy: _claim, ...fields } = session();
    await under.app
      .database()
      .collection('counter_sessions')
      .add({ _id: old, ...fields });
    expect(await sessions.loadSession(old)).toMatchObject({ handle: old, ask: null, claimedBy: null });
    const counters = await kept({ ask: null });
    expect(await sessions.loadSession(counters.handle)).toEqual(counters);
  });

  it('is answered or declined once, of all that come at the same time', async () => {
    const { handle } = await kept();
    const said = await Promise.all([
      asks.answerSession(handle, release, instant(1500)),
      asks.declineSession(handle, instant(1500)),
      asks.answerSession(handle, release, instant(1501)),
      asks.declineSession(handle, instant(1502)),
    ]);
    expect(said.filter(Boolean)).toHaveLength(1);
    const kind = said[0] || said[2] ? 'answered' : 'declined';
    expect((await sessions.loadSession(handle))?.ask?.outcome?.kind).toBe(kind);
    expect((await asks.loadRelease(handle)) !== null).toBe(kind === 'answered');
  });

  it('is not answered once it is over, nor where there is none or a counter’s', async () => {
    const [mine, counters] = [await kept(), await kept({ ask: null })];
    for (const handle of [freshHandle(), counters.handle]) {
      expect(await asks.answerSession(handle, release, instant(1500))).toBe(false);
      expect(await asks.declineSession(handle, instant(1500))).toBe(false);
    }
    expect(await asks.answerSession(mine.handle, release, instant(2000))).toBe(false);
    expect(await asks.declineSession(mine.handle, instant(2000))).toBe(false);
    expect(await asks.answerSession(mine.handle, release, instant(1999))).toBe(true);
  });

  it('is answered or hindered, whichever comes first', async () => {
    const [answered, hindered] = [await kept(), await kept()];
    expect(await asks.answerSession(answered.handle, release, instant(1500))).toBe(true);
    await sessions.hinderSession(answered, 'card_not_active');
    await sessions.hinderSession(hindered, 'card_not_active');
    expect(await asks.answerSession(hindered.handle, release, instant(1500))).toBe(false);
    expect(await sessions.loadSession(answered.handle)).toMatchObject({ hindrance: null });
    expect(await sessions.loadSession(hindered.handle)).toMatchObject({
      ...{ hindrance: 'card_not_active', ask: { outcome: null } },
    });
    expect(await asks.loadRelease(hindered.handle)).toBeNull();
  });

  it('is marked while it is being declined, where it can be', async () => {
    const [mine, late, counters, answered] = [await kept(), await kept(), await kept({ ask: null }), await kept()];
    await asks.answerSession(answered.handle, release, instant(1500));
    for (const { handle } of [mine, counters, answered]) await asks.beginDecline(handle, instant(1600));
    await asks.beginDecline(late.handle, instant(2000));
    const isMarked = async ({ handle }: CounterSession) => (await sessions.loadSession(handle))?.ask?.isBeingDeclined;
    expect(await isMarked(mine)).toBe(true);
    expect(await isMarked(late)).toBe(false);
    expect(await isMarked(answered)).toBe(false);
    expect(await sessions.loadSession(counters.handle)).toEqual(counters);
    expect(await asks.declineSession(mine.handle, instant(1700))).toBe(true);
  });
});

describe('what an ask released', () => {
  it('is read where it was kept, and nowhere else; the database holds none of it in clear', async () => {
    const [one, other] = [await kept(), await kept()];
    await asks.answerSession(one.handle, release, instant(1500));
    expect(await asks.loadRelease(one.handle)).toEqual(release);
    expect(await asks.loadRelease(other.handle)).toBeNull();
    const written = JSON.stringify(await stored('counter_sessions'));
    for (const said of ['林晓梅', '11010119491231002X', release.answer.eventId, 'disclosure', '/9g='])
      expect(written).not.toContain(said);

    const collection = under.app.database().collection('counter_sessions');
    const [document] = await found(collection.where({ _id: one.handle }));
    await collection.where({ _id: other.handle }).update({ release: document?.['release'] });
    await expect(asks.loadRelease(other.handle)).rejects.toThrow();
  });

  it('is gone once it was fetched, and the ask stays answered', async () => {
    const { handle } = await kept();
    await asks.answerSession(handle, release, instant(1500));
    await asks.eraseRelease(handle);
    await asks.eraseRelease(handle);
    expect(await asks.loadRelease(handle)).toBeNull();
    expect((await sessions.loadSession(handle))?.ask?.outcome).toEqual({ kind: 'answered', at: 1500 });
  });

  it('is destroyed by the job where its ask was over before, and the session an hour later with all else', async () => {
    await sessions.deleteSessions(instant(100_000));
    const [over, lives] = [await kept(), await kept({ expiresAt: instant(5000) })];
    for (const { handle } of [over, lives]) await asks.answerSession(handle, release, instant(1500));
    await kept();
    expect(await asks.eraseReleases(instant(2000))).toBe(0);
    expect(await asks.eraseReleases(instant(2001))).toBe(1);
    expect(await asks.loadRelease(over.handle)).toBeNull();
    expect(await asks.loadRelease(lives.handle)).toEqual(release);
    await sessions.deleteSessions(instant(100_000));
    expect(await stored('counter_sessions')).toEqual([]);
  });
});

describe('a number', () => {
  const number = (id: string, change: object = {}) => ({
    ...{ id, account: account('a'), expiresAt: instant(2000), session: null },
    ...change,
  });
  const at = instant(1000);

  it('leads to the first session that names it, of all that do at the same time', async () => {
    const one = number('taken');
    expect(await numbers.putAskNumber(one, at)).toBe(true);
    expect(await numbers.loadAskNumber('taken')).toEqual(one);
    const handles = [freshHandle(), freshHandle(), freshHandle()];
    await Promise.all(handles.map((handle) => numbers.takeAskNumber('taken', handle, instant(1500))));
    const taken = (await numbers.loadAskNumber('taken'))?.session;
    expect(handles).toContain(taken);
    await numbers.takeAskNumber('taken', freshHandle(), instant(1501));
    expect((await numbers.loadAskNumber('taken'))?.session).toBe(taken);
  });

  it('is in use until its end, when one of all who draw it has it, whole', async () => {
    await numbers.putAskNumber(number('drawn'), at);
    await numbers.takeAskNumber('drawn', freshHandle(), instant(1500));
    const next = ['c', 'd'].map((of) => number('drawn', { account: account(of), expiresAt: instant(4000) }));
    for (const one of next) expect(await numbers.putAskNumber(one, instant(1999))).toBe(false);
    const created = await Promise.all(next.map((one) => numbers.putAskNumber(one, instant(2000))));
    expect(created.filter(Boolean)).toHaveLength(1);
    expect(await numbers.loadAskNumber('drawn')).toEqual(next.find((_, of) => created[of]));
  });

  it('is its account’s only one, however many are drawn at once, and takes nothing over from the one before', async () => {
    const drawn = ['first', 'second', 'third'].map((id) => number(id, { account: account('e') }));
    await Promise.all(drawn.map((one) => numbers.putAskNumber(one, at)));
    const [live, ...more] = (await Promise.all(drawn.map(({ id }) => numbers.loadAskNumber(id)))).filter(Boolean);
    expect(more).toEqual([]);
    expect(drawn).toContainEqual(live);
    await numbers.takeAskNumber(live?.id ?? '', freshHandle(), instant(1500));
    const fourth = number('fourth', { account: account('e') });
    expect(await numbers.putAskNumber(fourth, instant(1600))).toBe(true);
    expect(await numbers.loadAskNumber('fourth')).toEqual(fourth);
    expect(await numbers.loadAskNumber(live?.id ?? '')).toBeNull();
  });

  it('is taken by nobody from its end on', async () => {
    await numbers.putAskNumber(number('late'), at);
    await numbers.takeAskNumber('late', freshHandle(), instant(2000));
    expect(await numbers.loadAskNumber('late')).toMatchObject({ session: null });
  });

  it('goes by the job', async () => {
    await numbers.forgetAskNumbers(100_000);
    await numbers.putAskNumber(number('one'), at);
    expect(await numbers.forgetAskNumbers(2000)).toBe(0);
    expect(await numbers.forgetAskNumbers(2001)).toBe(1);
    expect(await numbers.loadAskNumber('one')).toBeNull();
  });
});

describe('the provider’s asks', () => {
  it('are opened, read and told over the same documents', async () => {
    const text = '123456789';
    const id = index.ofAskNumber(text);
    await numbers.putAskNumber({ id, account: account('a'), expiresAt: instant(now() + 60_000), session: null }, now());
    const way = { kind: 'number', number: text } as const;
    const opened = await holderAsks.openAsk(bank, { purpose: 'parcel-pickup', way });
    if (!opened.ok) throw new Error(opened.error.code);
    const { session: handle } = opened.value;
    expect((await numbers.loadAskNumber(id))?.session).toBe(handle);
    expect(JSON.stringify([await stored('ask_numbers'), await stored('counter_sessions')])).not.toContain(text);
    expect(await holderAsks.readAsk(bank, handle)).toEqual({ kind: 'waiting', isClaimed: false });

    const at = now();
    const until = consentEnd('bank-account-opening', at);
    if (until === null) throw new Error('the consent is for this once');
    const given = { number: 1, client: bank.clientId, partner: bank.partner.id, withdrawnAt: null } as const;
    const consents: readonly LastingConsent[] = [{ ...given, purpose: 'bank-account-opening', until }];
    const mine = { ...createShowingWorld().identity(), dataKey: sealing.newDataKey(), consents };
    await createIdentity(mine);
    const answer = { ...release.answer, facts: { ...release.answer.facts, redeemedAt: at } };
    const about = { ...release, answer, identity: mine.key, card: mine.card.id };
    expect(await asks.answerSession(handle, about, now())).toBe(true);
    expect(await holderAsks.readAsk(bank, handle)).toMatchObject({ kind: 'answered', release: about });
    const told = await holderAsks.tellHolder(bank.partner.id, about);
    expect(told?.holderName).toMatch(/^[\w-]{43}$/);
    expect(told?.lasting?.reference).toMatch(/^[\w-]{86}$/);
    expect(told?.verifiedAt).toBe(mine.card.mintedAt);
    expect(await holderAsks.tellHolder(bank.partner.id, about)).toEqual(told);
    expect(await holderAsks.tellHolder('railway', about)).toEqual({ ...told, lasting: null });
    const others = [{ identity: identityKey('9'.repeat(64)) }, { card: cardId('9'.repeat(32)) }];
    for (const other of others) expect(await holderAsks.tellHolder(bank.partner.id, { ...about, ...other })).toBeNull();
    await holderAsks.eraseRelease(handle);
    expect(await holderAsks.readAsk(bank, handle)).toEqual({ kind: 'over' });
  });

  it('know a holder who deleted everything and came again by another name', () => {
    const [before, after] = [sealing.newDataKey(), sealing.newDataKey()];
    const nameOf = createHolderNames(sealing);
    expect(nameOf({ dataKey: before })).toBe(nameOf({ dataKey: before }));
    expect(nameOf({ dataKey: before })).not.toBe(nameOf({ dataKey: after }));
  });
});
