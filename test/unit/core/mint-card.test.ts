import { createHash } from 'node:crypto';
import { base64urlDecode, base64urlEncode, createKeyProof, instant, verifyCredential } from '../../../protocol';
import { verifySignature } from '../../../cloudfunctions/_adapters/crypto/es256';
import { suspendCard } from '../../../cloudfunctions/_core/card/holder-card';
import type { Identity } from '../../../cloudfunctions/_core/card/identity';
import { CASE_LIFE_MS } from '../../../cloudfunctions/_core/enrolment/case';
import { mintCard } from '../../../cloudfunctions/_core/enrolment/mint-card';
import { phoneOf, pictures, proofFace, valueOf, vouched } from '../../support/enrolment-steps';
import { accountOf, createEnrolmentWorld } from '../../support/enrolment-world';
import { issuer, issuerPublicKey } from '../../support/issuer';
import { newKeyPair } from '../../support/key-pair';
import { inStanding, standing } from '../../support/stops';

const key = newKeyPair();
const otherKey = newKeyPair();
const account = accountOf(0);

const proofed = async (start?: string, validTo?: string | null) => {
  const world = createEnrolmentWorld(start);
  const phone = phoneOf(world, account);
  const caseId = await phone.start();
  valueOf(await phone.readDocument(caseId, pictures.document(0, validTo)));
  const matched = valueOf(await phone.matchFace(caseId, pictures.face(0.9, vouched)));
  const nonce = matched.outcome === 'matched' ? matched.nonce : '';
  return { world, phone, caseId, nonce };
};
const mintWith = ({ world, caseId }: Awaited<ReturnType<typeof proofed>>, proof: string) =>
  mintCard(world.ports, account, { action: 'mintCard', caseId, proof });

describe('a key proof', () => {
  const proofBy = (nonce: string, of = key, by = key): string =>
    createKeyProof({ nonce, key: of.publicKey, sign: by.sign });

  it('over another case’s nonce mints nothing', async () => {
    const scene = await proofed();
    const other = await proofFace(scene.phone, 0);
    expect(await mintWith(scene, proofBy(other.nonce))).toEqual({ ok: false, error: { code: 'key_proof_invalid' } });
    expect(scene.world.identities.all()).toEqual([]);
  });

  it('of a key that somebody else signs for mints nothing', async () => {
    const scene = await proofed();
    const forged = proofBy(scene.nonce, otherKey, key);
    expect(await mintWith(scene, forged)).toEqual({ ok: false, error: { code: 'key_proof_invalid' } });
    expect(scene.world.identities.all()).toEqual([]);
  });

  it('mints nothing with any one bit changed', async () => {
    const scene = await proofed();
    const bytes = base64urlDecode(proofBy(scene.nonce)) ?? new Uint8Array();
    for (let bit = 0; bit < 8 * bytes.length; bit += 1) {
      const flipped = Uint8Array.from(bytes, (byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      const result = await mintWith(scene, base64urlEncode(flipped));
      expect(result).toEqual({ ok: false, error: { code: 'key_proof_invalid' } });
    }
    expect(scene.world.identities.all()).toEqual([]);
    expect(scene.world.cases.present(scene.caseId).state).toBe('faceMatched');
    valueOf(await mintWith(scene, proofBy(scene.nonce)));
  });

  it('mints nothing on the last instant of the case and after', async () => {
    const scene = await proofed();
    scene.world.clock.advance(CASE_LIFE_MS);
    expect(await mintWith(scene, proofBy(scene.nonce))).toEqual({ ok: false, error: { code: 'wrong_step' } });
    const early = await proofed();
    early.world.clock.advance(CASE_LIFE_MS - 1);
    valueOf(await mintWith(early, proofBy(early.nonce)));
  });
});

describe('a minted card', () => {
  it.each([
    ['five years from now', '2026-03-10T02:00:00Z', null, '2031-03-10'],
    ['five years from now, where the document lasts longer', '2026-03-10T02:00:00Z', '2036-01-05', '2031-03-10'],
    ['with the document, where that comes first', '2026-03-10T02:00:00Z', '2028-01-05', '2028-01-05'],
    ['on the 28th, where it was minted on 29 February', '2028-02-29T02:00:00Z', null, '2033-02-28'],
    ['by the day in China', '2026-03-09T16:30:00Z', null, '2031-03-10'],
    ['today, where the document does', '2026-03-10T02:00:00Z', '2026-03-10', '2026-03-10'],
  ])('ends %s', async (_, start, documentEnds, validTo) => {
    const { world, phone, caseId, nonce } = await proofed(start, documentEnds);
    const { card } = valueOf(await phone.mint(caseId, key, nonce));
    expect(card).toEqual({
      id: card.id,
      status: 'valid',
      tier: 'light',
      maskedName: '林**',
      mintedAt: world.clock.now(),
      validTo,
    });
  });

  it('comes with a credential that is bound to its key and ends when its last day in China is over', async () => {
    const { world, phone, caseId, nonce } = await proofed('2026-03-10T15:59:59.999Z', '2026-03-10');
    const { credential } = valueOf(await phone.mint(caseId, key, nonce));
    const verify = (now: number) =>
      verifyCredential(credential, {
        expectedIssuer: issuer,
        expectedVct: 'urn:wechat-id:identity-card:1',
        keys: new Map([['issuer-1', issuerPublicKey]]),
        now: instant(now),
        sha256: (data) => createHash('sha256').update(data).digest(),
        verify: verifySignature,
      });
    expect(verify(world.clock.now())).toMatchObject({ ok: true, credential: { holderKey: key.publicKey } });
    expect(verify(world.clock.now() + 1)).toEqual({ ok: false, fault: 'expired' });
  });

  it('is not bound where the document ended between its reading and the mint', async () => {
    const { world, phone, caseId, nonce } = await proofed('2026-03-10T15:50:00Z', '2026-03-10');
    world.clock.advance(10 * 60 * 1000);
    expect(await phone.mint(caseId, key, nonce)).toEqual({ ok: false, error: { code: 'document_expired' } });
    expect(world.identities.all()).toEqual([]);
  });

  it('is handed out again to its own key alone', async () => {
    const { world, phone, caseId, nonce } = await proofed();
    const first = valueOf(await phone.mint(caseId, key, nonce));
    const writes = world.identities.written.length;
    world.clock.advance(2 * CASE_LIFE_MS);
    const again = valueOf(await phone.mint(caseId, key, nonce));
    expect(again.card).toEqual(first.card);
    expect(again.credential).not.toBe(first.credential);
    expect(await phone.mint(caseId, otherKey, nonce)).toEqual({ ok: false, error: { code: 'wrong_step' } });
    expect(world.identities.written).toHaveLength(writes);
  });

  it.each<[string, (card: Identity['card']) => Identity['card']]>([
    ['suspended', (card) => ({ ...card, ...inStanding.suspended })],
    ['revoked', (card) => ({ ...card, ...inStanding.revoked })],
    ['over', (card) => ({ ...card, validTo: card.validTo.replace('2031', '2020') as typeof card.validTo })],
  ])('that is %s is handed out no more', async (_, change) => {
    const { world, phone, caseId, nonce } = await proofed();
    valueOf(await phone.mint(caseId, key, nonce));
    world.identities.all().forEach((identity) => world.identities.put({ ...identity, card: change(identity.card) }));
    expect(await phone.mint(caseId, key, nonce)).toEqual({ ok: false, error: { code: 'card_not_active' } });
  });

  it('that its holder braked is not released by its own mint', async () => {
    const { world, phone, caseId, nonce } = await proofed();
    valueOf(await phone.mint(caseId, key, nonce));
    valueOf(await suspendCard(world.ports, account));
    await phone.mint(caseId, key, nonce);
    expect(standing(world.identities.all()[0])).toBe('suspended');
  });

  it('leaves nothing of the person in its case', async () => {
    const { world, phone, caseId, nonce } = await proofed();
    valueOf(await phone.mint(caseId, key, nonce));
    expect(world.cases.present(caseId)).not.toHaveProperty('document');
    expect(JSON.stringify(world.cases.present(caseId))).not.toMatch(/林晓梅|110105/);
  });
});

describe('a card for who has one', () => {
  it('takes the old one’s place on the same account, showing and all', async () => {
    const { world, phone, caseId, nonce } = await proofed();
    const old = valueOf(await phone.mint(caseId, key, nonce)).card;
    const dataKey = world.identities.all()[0]?.dataKey;
    const given = { number: 3, client: 'bank-branches', partner: 'bank', purpose: 'train-ticket' } as const;
    const consents = [{ ...given, until: instant(world.clock.now() + 86_400_000), withdrawnAt: null }];
    world.identities.all().forEach((identity) => world.identities.put({ ...identity, consents }));
    const anew = await proofFace(phone, 0);
    const { card } = valueOf(await phone.mint(anew.caseId, otherKey, anew.nonce));
    expect(card.id).not.toBe(old.id);
    const [{ revision } = { revision: 0 }] = world.identities.all();
    expect(world.identities.all()).toMatchObject([
      // The events so far lie under the data key, and who may ask after the card hears that there is another.
      { card: { id: card.id, holderKey: otherKey.publicKey }, showing: null, dataKey, consents },
    ]);
    expect(world.identities.all()[0]?.unannounced).toEqual({ since: revision, isCard: true, withdrawn: [] });
    // The place of the old credential is to be revoked, once the lists are told.
    const written = world.identities.written.map(({ card: { credential } }) => credential);
    const [first, second] = [written[0], written.at(-1)];
    expect(second?.index).not.toBe(first?.index);
    expect(world.identities.all()[0]?.untold?.retired).toEqual([{ list: first?.list, index: first?.index }]);
    expect(await phone.mint(caseId, key, nonce)).toEqual({ ok: false, error: { code: 'wrong_step' } });
  });

  it('is not had by proofing the face anew where the old one is revoked', async () => {
    const { world, phone, caseId, nonce } = await proofed();
    valueOf(await phone.mint(caseId, key, nonce));
    world.identities
      .all()
      .forEach((identity) => world.identities.put({ ...identity, card: { ...identity.card, ...inStanding.revoked } }));
    const anew = await proofFace(phone, 0);
    expect(await phone.mint(anew.caseId, otherKey, anew.nonce)).toEqual({
      ok: false,
      error: { code: 'card_not_active' },
    });
    expect(world.identities.all()).toMatchObject([{ card: { ...inStanding.revoked, holderKey: key.publicKey } }]);
  });

  it('is refused to another account, and to another number of the same account, and costs no place in a status list', async () => {
    const { world, caseId, nonce } = await proofed();
    let places = 0;
    const ports = {
      ...world.ports,
      takePlace: (...given: Parameters<typeof world.ports.takePlace>) => {
        places += 1;
        return world.ports.takePlace(...given);
      },
    };
    const phone = phoneOf(world, account, ports);
    valueOf(await phone.mint(caseId, key, nonce));
    expect(places).toBeGreaterThan(0);
    const before = places;
    const stranger = phoneOf(world, accountOf(1), ports);
    const stolen = await proofFace(stranger, 0);
    expect(await stranger.mint(stolen.caseId, otherKey, stolen.nonce)).toMatchObject({
      error: { code: 'identity_has_card' },
    });
    const second = await proofFace(phone, 1);
    expect(await phone.mint(second.caseId, otherKey, second.nonce)).toMatchObject({
      error: { code: 'account_has_card' },
    });
    expect(world.identities.all()).toHaveLength(1);
    expect(places).toBe(before);
  });
});

describe('a second key of one case', () => {
  it('hears that the step is over, also where the first is bound while it is being asked about', async () => {
    const { world, phone, caseId, nonce } = await proofed();
    const late = phoneOf(world, account, {
      ...world.ports,
      // Between its two reads, of the number and of the account, the other call is bound.
      loadIdentityOfAccount: async (of) => {
        valueOf(await phone.mint(caseId, key, nonce));
        return world.ports.loadIdentityOfAccount(of);
      },
    });
    expect(await late.mint(caseId, otherKey, nonce)).toEqual({ ok: false, error: { code: 'wrong_step' } });
    expect(world.identities.all()).toMatchObject([{ card: { holderKey: key.publicKey } }]);
  });
});

describe('the log of an enrolment', () => {
  it('holds nothing of the person', async () => {
    const { world, phone, caseId, nonce } = await proofed();
    valueOf(await phone.mint(caseId, key, nonce));
    expect(world.logged.map(({ event }) => event)).toEqual(['FACE_COMPARED', 'AUTHORITY_ANSWERED']);
    const said = JSON.stringify([world.logged, world.events.all()]);
    expect(said).not.toMatch(/林|北京|1101051990|1990-05-17/);
    expect(said).not.toContain(nonce);
  });
});
