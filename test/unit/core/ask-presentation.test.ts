import { createCredentialIssuer } from '../../../cloudfunctions/_adapters/crypto/credential-issuer';
import type { AskOrder } from '../../../cloudfunctions/_core/asks/open-ask';
import {
  accountOpening,
  agreed,
  createAskWorld,
  nonce,
  pickup,
  present,
  standingOf,
  type AskWorld,
} from '../../support/ask-world';
import { valueOf } from '../../support/enrolment-steps';
import { bankApp } from '../../support/institution-world';
import { issuer, issuerKeys, keysOf } from '../../support/issuer';
import { newKeyPair } from '../../support/key-pair';
import { createRandomBytes } from '../../support/random-bytes';
import { setCard } from '../../support/showing-world';

const refused = { ok: false, error: { code: 'presentation_invalid' } };
const claims = ['name', 'number', 'birthdate'] as const;

/** What the bank is told where it asks for a presentation, and the holder has agreed. */
const asked = async (order: AskOrder = accountOpening) => {
  const world = createAskWorld();
  setCard(world, { tier: 'full' });
  return { world, ...(await agreed(world, { ...order, presentationNonce: nonce })) };
};

const credentialOf = (world: AskWorld, change: object = {}, keys = issuerKeys): string => {
  const identity = world.identity();
  const issue = createCredentialIssuer(issuer, keys, createRandomBytes('another'));
  return issue({ ...identity, card: { ...identity.card, ...change } }, world.clock.now());
};

describe('a presentation', () => {
  it('is kept with the answer, to the letter', async () => {
    const { world, session, code, send } = await asked();
    const presentation = present(world, claims);
    valueOf(await send(session, code(), presentation));
    expect(await standingOf(world, session)).toMatchObject({ kind: 'answered', release: { presentation } });
  });

  it('of a task that tells nothing which the credential carries discloses nothing', async () => {
    const { world, session, code, send } = await asked(pickup);
    expect(await send(session, code(), present(world, ['name']))).toEqual(refused);
    valueOf(await send(session, code(), present(world, ['masked_name', 'masked_number'])));
  });

  it('is wanted where one is asked for, and nowhere else', async () => {
    const { world, session, code, send } = await asked();
    expect(await send(session, code())).toEqual(refused);
    expect(world.identity().showing?.state).toBe('open');

    const unasked = createAskWorld();
    const agreement = await agreed(unasked);
    expect(await agreement.send(agreement.session, agreement.code(), present(unasked, []))).toEqual(refused);
  });

  const own = newKeyPair();
  const YEAR_S = 365 * 86_400;
  /** A JWT whose signature nobody made. */
  const corrupted = (jwt: string): string =>
    jwt.replace(/\.[^.]([^.]*)$/, (signature, rest: string) => `.${signature.charAt(1) === 'A' ? 'B' : 'A'}${rest}`);
  const forged = (world: AskWorld): string => {
    const [jwt = '', ...disclosures] = credentialOf(world).split('~');
    return [corrupted(jwt), ...disclosures].join('~');
  };
  /** A key binding by the holder's key over another credential of theirs than the one that it comes with. */
  const boundElsewhere = (world: AskWorld): string => {
    const [shown, other] = [present(world, claims), present(world, claims, { credential: credentialOf(world) })];
    return shown.slice(0, shown.lastIndexOf('~') + 1) + other.slice(other.lastIndexOf('~') + 1);
  };
  const nowOf = (world: AskWorld): number => Math.floor(world.clock.now() / 1000);
  // In brackets, the modules of the OpenID4VP verifier conformance plan, as `test/unit/protocol/presentation-forgery.test.ts` has them.
  it.each<[string, (world: AskWorld) => string]>([
    [
      'with a signature under its key binding that nobody made (invalid-kb-jwt-signature)',
      (world) => corrupted(present(world, claims)),
    ],
    ['whose key binding is over something else (invalid-sd-hash)', boundElsewhere],
    ['of a year ago (kb-jwt-iat-in-past)', (world) => present(world, claims, { issuedAt: nowOf(world) - YEAR_S })],
    ['of a year ahead (kb-jwt-iat-in-future)', (world) => present(world, claims, { issuedAt: nowOf(world) + YEAR_S })],
    ['to another audience (invalid-kb-jwt-aud)', (world) => present(world, claims, { audience: bankApp.clientId })],
    ['to another nonce (invalid-kb-jwt-nonce)', (world) => present(world, claims, { nonce: 'nonce-of-another-ask' })],
    ['with less than was agreed to', (world) => present(world, ['name', 'number'])],
    ['with more than was agreed to', (world) => present(world, [...claims, 'address'])],
    ['signed by another key', (world) => present(world, claims, { key: own })],
    [
      'of another’s credential, signed by their key',
      (world) => present(world, claims, { key: own, credential: credentialOf(world, { holderKey: own.publicKey }) }),
    ],
    [
      'of a credential that nobody issued (invalid-credential-signature)',
      (world) => present(world, claims, { credential: forged(world) }),
    ],
    [
      'of a credential under a key that is no issuer’s',
      (world) => {
        const keys = keysOf({ 'issuer-9': 'active' });
        const { credential } = world.identity().card;
        const change = { credential: { ...credential, kid: 'issuer-9' } };
        return present(world, claims, { credential: credentialOf(world, change, keys) });
      },
    ],
    [
      'of a credential from before the card was raised',
      (world) => present(world, claims, { credential: credentialOf(world, { tier: 'light' }) }),
    ],
    [
      'of a credential that was superseded',
      (world) => {
        const { credential } = world.identity().card;
        const change = { credential: { ...credential, index: credential.index + 1 } };
        return present(world, claims, { credential: credentialOf(world, change) });
      },
    ],
    [
      'without a key binding',
      (world) => {
        const text = present(world, claims);
        return text.slice(0, text.lastIndexOf('~') + 1);
      },
    ],
    ['that is none', () => 'a.b.c~d~e.f.g'],
  ])('%s is refused, and burns nothing', async (_, make) => {
    const { world, session, code, send } = await asked();
    expect(await send(session, code(), make(world))).toEqual(refused);
    expect(await standingOf(world, session)).toEqual({ kind: 'waiting', isClaimed: true });
    expect(world.events.ofKind('card_checked')).toEqual([]);
    valueOf(await send(session, code(), present(world, claims)));
  });

  it('of yesterday’s name is refused: what the credential says is what the answer tells', async () => {
    const { world, session, code, send } = await asked();
    const presentation = present(world, claims);
    world.change((found) => ({ ...found, person: { ...found.person, name: '林大梅' } }));
    expect(await send(session, code(), presentation)).toEqual(refused);
  });
});
