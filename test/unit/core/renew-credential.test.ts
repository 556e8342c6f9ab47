import {
  createKeyProof,
  instant,
  parseCredential,
  showingHandle,
  verifyCredential,
  type Instant,
} from '../../../protocol';
import { createCredentialIssuer } from '../../../cloudfunctions/_adapters/crypto/credential-issuer';
import { sha256, verifySignature } from '../../../cloudfunctions/_adapters/crypto/es256';
import type { IssuerKeys } from '../../../cloudfunctions/_adapters/crypto/issuer-keys';
import { createStatusListSigner } from '../../../cloudfunctions/_adapters/crypto/status-list-issuer';
import { getCard, suspendCard, type GetCardPorts } from '../../../cloudfunctions/_core/card/holder-card';
import type { Identity } from '../../../cloudfunctions/_core/card/identity';
import { renewCredential, type RenewCredentialPorts } from '../../../cloudfunctions/_core/card/renew-credential';
import { mintCard } from '../../../cloudfunctions/_core/enrolment/mint-card';
import { prepareShowing } from '../../../cloudfunctions/_core/showing/open-showing';
import { failing, InjectedFault } from '../../support/asynchronous';
import { phoneOf, proofFace, valueOf } from '../../support/enrolment-steps';
import { accountOf, createEnrolmentWorld, laterPorts, type EnrolmentWorld } from '../../support/enrolment-world';
import { issuer, issuerKeys, keysOf } from '../../support/issuer';
import { newKeyPair, type KeyPair } from '../../support/key-pair';

const account = accountOf(0);
const key = newKeyPair();
const otherKey = newKeyPair();
const rotated = keysOf({ 'issuer-1': 'retiring', 'issuer-2': 'active' });
const compromised = keysOf({ 'issuer-1': 'compromised', 'issuer-2': 'active' });

/** The ports of a service that has these keys now, and the cards that left the queue. */
const under = (
  { ports }: EnrolmentWorld,
  keys: IssuerKeys,
  left: string[] = [],
): RenewCredentialPorts & GetCardPorts & typeof ports => ({
  ...ports,
  ...keys.names,
  issueCredential: createCredentialIssuer(issuer, keys, ports.randomBytes),
  signStatusList: createStatusListSigner(issuer, keys),
  leaveRemintQueue: (identity) => Promise.resolve(void left.push(identity)),
});

const minted = async () => {
  const world = createEnrolmentWorld();
  const phone = phoneOf(world, account);
  const { caseId, nonce } = await proofFace(phone, 0);
  const { credential } = valueOf(await phone.mint(caseId, key, nonce));
  const identity = (): Identity => {
    const [only] = world.identities.all();
    if (!only) throw new Error('no identity');
    return only;
  };
  return { world, caseId, nonce, credential, identity };
};

const renewed = async (ports: RenewCredentialPorts, by: KeyPair = key, handle?: string) => {
  const nonce = handle ?? valueOf(await prepareShowing(ports, account)).handle;
  const proof = createKeyProof({ nonce: showingHandle(nonce), key: by.publicKey, sign: by.sign });
  return renewCredential(ports, account, { action: 'renewCredential', proof });
};

const check = (credential: string, keys: IssuerKeys, now: Instant) =>
  verifyCredential(credential, {
    expectedIssuer: issuer,
    expectedVct: 'urn:wechat-id:identity-card:1',
    keys: keys.trusted(now),
    now,
    sha256,
    verify: verifySignature,
  });

describe('a card whose credential a compromised key signed', () => {
  it('is told so with the card, and gets another from the key that signs now, in another place', async () => {
    const { world, credential, identity } = await minted();
    const left: string[] = [];
    const ports = under(world, compromised, left);
    const before = identity().card.credential;
    const now = world.clock.now();
    expect(check(credential, compromised, now)).toEqual({ ok: false, fault: 'unknown_key' });
    expect(valueOf(await getCard(ports, account)).renew).toBe(true);

    const reply = valueOf(await renewed(ports));
    expect(check(reply.credential, compromised, now)).toMatchObject({
      ok: true,
      credential: { holderKey: key.publicKey },
    });
    const { card, untold } = identity();
    expect(reply.card).toMatchObject({ id: card.id, status: 'valid' });
    expect(card.credential).toMatchObject({ kid: 'issuer-2', issuedAt: now });
    expect(card.credential.index).not.toBe(before.index);
    expect(parseCredential(reply.credential)?.status.index).toBe(card.credential.index);
    expect(untold?.retired).toEqual([{ list: before.list, index: before.index }]);
    expect(world.events.ofKind('credential_renewed')).toHaveLength(1);
    expect(left).toEqual([identity().key]);
    expect(valueOf(await getCard(ports, account))).not.toHaveProperty('renew');
  });

  it('is finished by the next call, wherever one was interrupted, with one event', async () => {
    const names = [...laterPorts, 'loadIdentityOfAccount', 'leaveRemintQueue'] as const;
    let calls = Number.POSITIVE_INFINITY;
    for (let at = 1; at <= calls; at += 1) {
      for (const when of ['before', 'after'] as const) {
        const { world, identity } = await minted();
        const before = identity().card.credential;
        const ports = under(world, compromised);
        const { handle } = valueOf(await prepareShowing(ports, account));
        const broken = failing(ports, names, { at, when });
        const outcome = await renewed(broken.ports, key, handle).catch((error: unknown) => error);
        if (!(outcome instanceof InjectedFault)) {
          calls = broken.calls();
          continue;
        }
        const { credential } = valueOf(await renewed(ports));
        expect(check(credential, compromised, world.clock.now()).ok).toBe(true);
        expect(world.events.ofKind('credential_renewed')).toHaveLength(1);
        expect(identity().untold?.retired).toEqual([{ list: before.list, index: before.index }]);
      }
    }
    expect(calls).toBeLessThan(20);
  });
});

describe('a credential is handed out again', () => {
  it('in its place and without an event, where its key still signs', async () => {
    const { world, identity } = await minted();
    const ports = under(world, issuerKeys);
    const before = identity().card.credential;
    const { credential } = valueOf(await renewed(ports));
    expect(check(credential, issuerKeys, world.clock.now()).ok).toBe(true);
    expect(identity()).toMatchObject({ card: { credential: before }, untold: null });
    expect(world.events.ofKind('credential_renewed')).toEqual([]);
  });

  it('anew after a rotation, though the old one still holds', async () => {
    const { world, credential } = await minted();
    const ports = under(world, rotated);
    const now = world.clock.now();
    expect(check(credential, rotated, now).ok).toBe(true);
    expect(valueOf(await getCard(ports, account))).not.toHaveProperty('renew');
    const parsed = parseCredential(valueOf(await renewed(ports)).credential);
    expect(parsed?.kid).toBe('issuer-2');
  });

  it('to the phone that asks for its lost mint again, by the key that signs now', async () => {
    const { world, caseId, nonce, identity } = await minted();
    const before = identity().card.credential;
    const proof = createKeyProof({ nonce, key: key.publicKey, sign: key.sign });
    const again = () => mintCard(under(world, compromised), account, { action: 'mintCard', caseId, proof });
    const first = valueOf(await again());
    expect(check(first.credential, compromised, world.clock.now()).ok).toBe(true);
    expect(identity().untold?.retired).toEqual([{ list: before.list, index: before.index }]);
    const place = identity().card.credential;
    valueOf(await again());
    expect(identity().card.credential).toEqual(place);
    expect(world.events.ofKind('credential_renewed')).toHaveLength(1);
  });
});

describe('nothing is handed out', () => {
  const refused = (code: string) => ({ ok: false, error: { code } });
  const scene = async () => {
    const made = await minted();
    return { ...made, ports: under(made.world, compromised) };
  };

  it('to an account without the card’s key', async () => {
    const { ports, identity } = await scene();
    expect(await renewed(ports, otherKey)).toEqual(refused('key_proof_invalid'));
    expect(identity().card.credential.kid).toBe('issuer-1');
  });

  it('for a proof over another nonce, an old one, or one that was used', async () => {
    const { ports, world, nonce } = await scene();
    expect(await renewed(ports, key, nonce)).toEqual(refused('wrong_step'));
    const { handle } = valueOf(await prepareShowing(ports, account));
    expect(await renewed(ports, key, nonce)).toEqual(refused('key_proof_invalid'));
    world.clock.advance(60_001);
    expect(await renewed(ports, key, handle)).toEqual(refused('wrong_step'));
    const fresh = valueOf(await prepareShowing(ports, account)).handle;
    valueOf(await renewed(ports, key, fresh));
    expect(await renewed(ports, key, fresh)).toEqual(refused('wrong_step'));
  });

  it('for a card that its holder has braked since, or that is over', async () => {
    const { ports, world } = await scene();
    const { handle } = valueOf(await prepareShowing(ports, account));
    valueOf(await suspendCard(ports, account));
    expect(await renewed(ports, key, handle)).toEqual(refused('card_not_active'));
    expect(valueOf(await getCard(ports, account))).not.toHaveProperty('renew');
    expect(world.events.ofKind('credential_renewed')).toEqual([]);
  });

  it('to who has no card', async () => {
    const { ports } = await scene();
    const proof = createKeyProof({ nonce: 'A'.repeat(22), key: key.publicKey, sign: key.sign });
    expect(await renewCredential(ports, accountOf(9), { action: 'renewCredential', proof })).toEqual(
      refused('not_found'),
    );
  });

  it('where the key ends before the card, for longer than the key holds', async () => {
    const { world, identity } = await minted();
    const { kid } = identity().card.credential;
    const ends = instant(world.clock.now() + 10_000);
    const short: IssuerKeys = { ...issuerKeys, signing: (at) => ({ ...issuerKeys.signing(at), notAfter: ends }) };
    const credential = createCredentialIssuer(issuer, short, world.ports.randomBytes)(identity(), world.clock.now());
    expect(kid).toBe('issuer-1');
    expect((parseCredential(credential)?.expiresAt ?? 0) * 1000).toBeLessThanOrEqual(ends);
  });

  it('under another key than is remembered', async () => {
    const { world, identity } = await minted();
    const issue = createCredentialIssuer(issuer, compromised, world.ports.randomBytes);
    expect(() => issue(identity(), world.clock.now())).toThrow('recorded under another key');
  });
});
