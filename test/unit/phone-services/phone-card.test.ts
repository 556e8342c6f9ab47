import { createCredential, jwkThumbprint, validators, verifyKeyProof, type Tier } from '../../../protocol';
import { adoptKeyOfCase, keyForCase, loadCardKey } from '../../../miniprogram/services/card-key';
import { mint } from '../../../miniprogram/services/minting';
import { leaveCard, loadCard } from '../../../miniprogram/services/phone-card';
import { content } from '../protocol/credential-support';
import { sha256, verifySignature } from '../protocol/support';
import { givePhone, WxFailure, type FakePhone, type FunctionCall } from './fake-wx';
import { CASE, cardReply, mintReply, NONCE, refused } from './replies';

const OTHER_CASE = 'd'.repeat(32);
const SINCE = 1_795_000_000_000;

/** The service: which key the card is bound to, what it says of the card, and what became of each call. */
interface Service {
  bound: string;
  card: object;
  renew: boolean;
  renewal: (call: FunctionCall) => unknown;
  handle: unknown;
}

let phone: FakePhone;
let service: Service;

const asked = (): unknown[] => phone.calls.map(({ data }) => data['action']);
const kept = (): unknown => phone.kept.get('credential')?.data;
const thumbprint = async (): Promise<string> => {
  const key = await loadCardKey();
  if (!key) throw new Error('no key');
  return jwkThumbprint(key.publicKey, sha256);
};
/** A credential of the phone's key that says so of the card. */
const credentialOf = async (tier: Tier): Promise<string> => {
  const key = await loadCardKey();
  if (!key) throw new Error('no key');
  return createCredential({ ...content, holderKey: key.publicKey, alwaysDisclosed: { tier } });
};
const keepCredential = (data: string): void => {
  phone.kept.set('credential', { data, encrypt: true });
};
/** A phone that holds the card and its credential. */
const holdsCard = async (): Promise<void> => {
  await adoptKeyOfCase(CASE, await keyForCase(CASE));
  service.bound = await thumbprint();
  keepCredential(await credentialOf('light'));
};

beforeEach(() => {
  phone = givePhone();
  service = {
    bound: 'none',
    card: cardReply().card,
    renew: false,
    renewal: () => mintReply,
    handle: { ok: true, handle: NONCE },
  };
  phone.answer = (call) => {
    const { action, key } = call.data;
    if (action === 'prepareShowing') return service.handle;
    if (action !== 'getCard') return service.renewal(call);
    expect(validators.GetCardRequest(call.data)).toBe(true);
    const { card, renew } = service;
    const isElsewhere = key !== undefined && key !== service.bound;
    return { ok: true, card, ...(renew && { renew }), ...(isElsewhere && { boundElsewhere: { since: SINCE } }) };
  };
});

describe('the card on the phone that holds it', () => {
  it('is asked for with the key’s thumbprint, and alone while its credential holds', async () => {
    await holdsCard();
    expect(await loadCard()).toEqual({ ok: true, reply: { card: service.card, place: { at: 'here' } } });
    expect(phone.calls.map(({ data }) => data)).toEqual([{ action: 'getCard', key: service.bound }]);
  });

  it('comes with another credential where the service says that the old one holds no more', async () => {
    await holdsCard();
    service.renew = true;
    expect((await loadCard()).ok).toBe(true);
    expect(asked()).toEqual(['getCard', 'prepareShowing', 'renewCredential']);
    const proof = String(phone.calls[2]?.data['proof']);
    const verdict = verifyKeyProof(proof, { expectedNonce: NONCE, verify: verifySignature });
    expect(verdict).toEqual({ ok: true, key: (await loadCardKey())?.publicKey });
    expect(kept()).toBe(mintReply.credential);
  });

  it('raised at a counter gets the credential of its tier, once', async () => {
    await holdsCard();
    const full = await credentialOf('full');
    service.card = { ...cardReply().card, tier: 'full' };
    service.renewal = () => ({ ...mintReply, credential: full });
    expect(await loadCard()).toMatchObject({ reply: { card: { tier: 'full' } } });
    expect(kept()).toBe(full);
    await loadCard();
    expect(asked()).toEqual(['getCard', 'prepareShowing', 'renewCredential', 'getCard']);
  });

  it.each([
    ['none', null],
    ['one that cannot be read', 'head.body.sign~'],
    ['one of another key', createCredential(content)],
  ])('with %s as its credential fetches one', async (_, credential) => {
    await holdsCard();
    if (credential === null) phone.kept.delete('credential');
    else keepCredential(credential);
    await loadCard();
    expect(asked()).toEqual(['getCard', 'prepareShowing', 'renewCredential']);
  });

  it('asks for no credential while the card is stopped', async () => {
    await holdsCard();
    phone.kept.delete('credential');
    service.card = cardReply('suspended').card;
    await loadCard();
    expect(asked()).toEqual(['getCard']);
  });

  it.each<[string, unknown, unknown]>([
    ['refused', refused('card_not_active'), undefined],
    ['not answered', new WxFailure('fail timeout'), undefined],
    ['refused its handle', mintReply, refused('wrong_step')],
  ])('is told all the same where the renewal is %s, and what was kept stays', async (_, renewal, handle) => {
    await holdsCard();
    const before = kept();
    service.renew = true;
    service.renewal = () => (renewal instanceof Error ? Promise.reject(renewal) : renewal);
    service.handle = handle ?? service.handle;
    expect(await loadCard()).toMatchObject({ ok: true, reply: { place: { at: 'here' } } });
    expect(kept()).toBe(before);
  });

  it('is told where the storage fails: it can still be stopped', async () => {
    await holdsCard();
    phone.storageFailure = 'getStorage:fail decrypt error';
    expect(await loadCard()).toEqual({ ok: true, reply: { card: service.card, place: { at: 'here' } } });
  });

  it('is refused as the service refuses it, and loses nothing by that', async () => {
    await holdsCard();
    phone.answer = () => refused('not_found');
    expect(await loadCard()).toEqual(refused('not_found'));
    expect(await loadCardKey()).not.toBeNull();
  });
});

describe('the card on another phone', () => {
  it('is told to a phone that never had it', async () => {
    expect(await loadCard()).toEqual({ ok: true, reply: { card: service.card, place: { at: 'elsewhere' } } });
    expect(phone.calls[0]?.data).toEqual({ action: 'getCard' });
  });

  it('that moved is told since when, and nothing of it can be shown any more', async () => {
    await holdsCard();
    phone.kept.set('passes', { data: {}, encrypt: true });
    service.bound = 'another';
    const moved = { ok: true, reply: { card: service.card, place: { at: 'moved', since: SINCE } } };
    expect(await loadCard()).toEqual(moved);
    expect([...phone.kept.keys()]).toEqual(['card-key']);
    // As long as its holder has not read of it, it is told again.
    expect(await loadCard()).toEqual(moved);
  });

  it('leaves nothing once its holder has read of it', async () => {
    await holdsCard();
    service.bound = 'another';
    await loadCard();
    expect(await leaveCard()).toEqual({ ok: true, reply: null });
    expect([...phone.kept.keys()]).toEqual([]);
    expect(await loadCard()).toMatchObject({ reply: { place: { at: 'elsewhere' } } });
  });
});

describe('a minting that was not answered', () => {
  const enrolment = { caseId: OTHER_CASE };
  /** The phone asks for a card and hears nothing. @returns the thumbprint of the key that it was to be bound to */
  const unanswered = async (): Promise<string> => {
    service.renewal = () => Promise.reject(new WxFailure('fail timeout'));
    expect(await mint(enrolment, NONCE)).toEqual(refused('unreachable'));
    service.renewal = () => mintReply;
    return jwkThumbprint((await keyForCase(OTHER_CASE)).publicKey, sha256);
  };

  it.each(['with', 'without'])('on a phone %s a card before is no move to another phone', async (before) => {
    if (before === 'with') await holdsCard();
    service.bound = await unanswered();
    expect(await loadCard()).toMatchObject({ reply: { place: { at: 'here' } } });
    expect(await thumbprint()).toBe(service.bound);
    expect(kept()).toBe(mintReply.credential);
    expect([...phone.kept.keys()].sort()).toEqual(['card-key', 'credential']);
  });

  it('mints nothing by itself where the card is another phone’s', async () => {
    await holdsCard();
    await unanswered();
    service.bound = 'another';
    const minted = asked().filter((action) => action === 'mintCard').length;
    expect(await loadCard()).toMatchObject({ reply: { place: { at: 'moved' } } });
    expect(asked().filter((action) => action === 'mintCard')).toHaveLength(minted);
  });

  it('that came to nothing leaves the card where it is', async () => {
    await holdsCard();
    await unanswered();
    const before = await thumbprint();
    expect(await loadCard()).toMatchObject({ reply: { place: { at: 'here' } } });
    expect(await thumbprint()).toBe(before);
  });
});
