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
  const forged = (world: AskWorld): string => {
    const [jwt = '', ...disclosures] = credentialOf(world).split('~');
    const [header, payload, signature = ''] = jwt.split('.');
    return [
      [header, payload, signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))].join('.'),
      ...disclosures,
    ].join('~');
  };
  it.each<[string, (world: AskWorld) => string]>([
    ['to another audience', (world) => present(world, claims, { audience: bankApp.clientId })],
    ['to another nonce', (world) => present(world, claims, { nonce: 'nonce-of-another-ask' })],
    ['with less than was agreed to', (world) => present(world, ['name', 'number'])],
    ['with more than was agreed to', (world) => present(world, [...claims, 'address'])],
    ['signed by another key', (world) => present(world, claims, { key: own })],
    [
      'of another’s credential, signed by their key',
      (world) => present(world, claims, { key: own, credential: credentialOf(world, { holderKey: own.publicKey }) }),
    ],
    ['of a credential that nobody issued', (world) => present(world, claims, { credential: forged(world) })],
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
