import { instant, keyStandings, validators, type KeyStanding, type ProposeActRequest } from '../../../protocol';
import { listKeys } from '../../../cloudfunctions/_core/operators/list-keys';
import { listMassActs } from '../../../cloudfunctions/_core/operators/list-mass-acts';
import { confirmAct, listActs, proposeAct } from '../../../cloudfunctions/_core/operators/propose';
import { continueMassActs } from '../../../cloudfunctions/_core/status/mass-acts';
import { readPublicIssuerKeys } from '../../../cloudfunctions/_adapters/crypto/issuer-keys';
import { createCardActsWorld } from '../../support/card-acts-world';
import { createCarriedOut } from '../../support/carried-out';
import { valueOf } from '../../support/enrolment-steps';
import { createMassActStore } from '../../support/mass-acts';
import { createOperatorWorld, operatorOf } from '../../support/operator-world';
import { createPartnerWorld } from '../../support/partner-store';
import { createReviewWorld } from '../../support/review-world';
import { reasonOf } from '../../support/stops';

const [first, second] = [operatorOf('security', 0), operatorOf('security', 1)];
const ofKey = { by: 'kid', kid: 'issuer-1' } as const;
const revocation = { action: 'proposeAct', kind: 'revoke_cards', target: ofKey, reason: 'issuer_compromised' } as const;
const renewal = { action: 'proposeAct', kind: 'renew_cards', target: ofKey, reason: 'issuer_compromised' } as const;
const refused = (code: string, more: object = {}) => ({ ok: false, error: { code, ...more } });

/** One card that `issuer-1` signed, and operators. @param standing how that key stands at first */
const begin = (standing: KeyStanding = 'overlap') => {
  const key = { standing };
  const world = createCardActsWorld();
  const operators = createOperatorWorld();
  const store = createMassActStore(world.identities.all);
  const { reviewPorts } = createReviewWorld();
  const describeCardKeys = () => [{ kid: ofKey.kid, from: instant(0), to: instant(1), standing: key.standing }];
  const carryOut = createCarriedOut({
    ...createPartnerWorld().ports,
    ...reviewPorts,
    ...world.ports,
    ...store.ports,
    describeCardKeys,
  });
  const ports = { ...operators.ports, describeCardKeys, carryOut };
  const together = async (request: ProposeActRequest) => {
    const { proposal, hash } = valueOf(await proposeAct(ports, first, request));
    const confirm = () => confirmAct(ports, second, { action: 'confirmAct', proposal, hash });
    return { proposal, confirm };
  };
  const run = () => continueMassActs({ ...world.ports, ...store.ports });
  const list = async () => {
    const listed = valueOf(await listMassActs({ ...world.ports, ...store.ports }, operatorOf('auditor')));
    expect(validators.ListMassActsReply(listed)).toBe(true);
    return listed.acts;
  };
  return { world, operators, ports, key, store, together, run, list };
};

describe('an act on many cards', () => {
  it('begins once two operators said so, is done by the job, and is told with how far it is', async () => {
    const { world, operators, store, together, run, list } = begin();
    const { proposal, confirm } = await together(revocation);
    expect(store.acts.size).toBe(0);
    valueOf(await confirm());
    valueOf(await confirm());
    const about = { proposal, kind: 'revoke_cards', target: ofKey, reason: 'issuer_compromised', total: 1 };
    expect(await list()).toMatchObject([{ ...about, count: 0, finishedAt: null }]);
    expect(reasonOf(world.identity())).toBeNull();
    expect(await run()).toBe(1);
    expect(await list()).toMatchObject([{ ...about, count: 1, finishedAt: world.clock.now() }]);
    expect(reasonOf(world.identity())).toBe('issuer_compromised');
    expect(operators.log()[0]?.happening).toMatchObject({ act: 'revoke_cards', target: 'kid:issuer-1' });
  });

  it('queues the cards of a key that signs no more', async () => {
    const { world, store, together, run, list } = begin();
    valueOf(await (await together(renewal)).confirm());
    await run();
    expect([...store.queue]).toEqual([[world.identity().key, 'issuer-1']]);
    expect(await list()).toMatchObject([{ kind: 'renew_cards', target: ofKey, count: 1 }]);
  });

  it.each(keyStandings)('renews the cards of a key that stands as “%s” where it has had its turn', async (standing) => {
    const { ports, operators } = begin(standing);
    const isRenewed = ['overlap', 'over', 'refused'].includes(standing);
    const proposed = await proposeAct(ports, first, renewal);
    expect(proposed.ok || proposed.error).toEqual(isRenewed || { code: 'key_still_signing' });
    expect(operators.proposals()).toHaveLength(isRenewed ? 1 : 0);
    valueOf(await proposeAct(ports, first, revocation));
  });

  it('renews no card of a key that signs again by the time that it is confirmed', async () => {
    const { key, store, operators, together } = begin();
    const { confirm } = await together(renewal);
    key.standing = 'signing';
    expect(await confirm()).toEqual(refused('key_still_signing'));
    expect(store.acts.size).toBe(0);
    expect(operators.log().at(-1)?.happening).toMatchObject({ outcome: 'key_still_signing' });
  });

  it('shows the second operator which cards, as typed, and its hash is of them alone', async () => {
    const { ports } = begin();
    const targets = [
      { by: 'kid', kid: '1-2' },
      { by: 'minted', from: 1, to: 2 },
      { by: 'minted', from: 1, to: 3 },
      { by: 'office', office: '西湖区公安分局' },
      { by: 'office', office: '上城区公安分局' },
    ] as const;
    for (const target of targets) valueOf(await proposeAct(ports, first, { ...revocation, target }));
    const listed = valueOf(await listActs(ports, second));
    expect(validators.ListActsReply(listed)).toBe(true);
    expect(listed.acts.map(({ target }) => target)).toEqual(targets);
    expect(new Set(listed.acts.map(({ hash }) => hash)).size).toBe(targets.length);
  });

  it('is about some period: one that ends before it begins is refused', async () => {
    const { ports } = begin();
    const target = { by: 'minted', from: 2, to: 2 } as const;
    const proposed = await proposeAct(ports, first, { ...revocation, target });
    expect(proposed).toEqual(refused('request_invalid', { at: '/target' }));
  });

  it.each<[string, object]>([
    ['a text for many cards', { target: 'kid:issuer-1' }],
    ['two criteria', { target: { by: 'kid', kid: 'a', office: 'b' } }],
    ['a query for a key', { target: { by: 'kid', kid: { $ne: '' } } }],
    ['an unknown criterion', { target: { by: 'name', name: '林晓梅' } }],
    ['a key with a path in it', { target: { by: 'kid', kid: '../a' } }],
    ['a reason that is a suspension', { reason: 'inquiry' }],
    ['one card', { kind: 'revoke_card' }],
    ['a renewal by office', { kind: 'renew_cards', target: { by: 'office', office: '西湖区公安分局' } }],
    ['a renewal for fraud', { kind: 'renew_cards', reason: 'obtained_by_fraud' }],
  ])('is not asked for by %s', (_, change) => {
    expect(validators.ProposeActRequest(revocation)).toBe(true);
    expect(validators.ProposeActRequest({ ...revocation, ...change })).toBe(false);
  });
});

describe('the keys', () => {
  const entry = (kid: string, state: string, nbf: number, exp: number) => ({
    ...{ kid, state, nbf, exp, kty: 'EC', crv: 'P-256' },
    x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
    y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
  });

  it('are told by name, use, time and standing, with the cards that wait for another, and no part of a key', async () => {
    const { world, store } = begin();
    const now = Math.floor(world.clock.now() / 1000);
    const cards = readPublicIssuerKeys(
      JSON.stringify({
        keys: [
          entry('old', 'active', now - 100, now),
          entry('stolen', 'compromised', now - 90, now + 90),
          entry('before', 'active', now - 80, now + 80),
          entry('retiring', 'retiring', now - 1, now + 70),
          entry('signing', 'active', now - 60, now + 90),
          entry('next', 'active', now + 1, now + 90),
        ],
      }),
    );
    const receipts = readPublicIssuerKeys(JSON.stringify({ keys: [entry('receipts', 'active', now - 9, now + 9)] }));
    await store.ports.queueRemint(world.identity().key, 'stolen', world.clock.now());
    const ports = {
      ...world.ports,
      ...store.ports,
      describeCardKeys: cards.described,
      describeReceiptKeys: receipts.described,
    };
    const told = valueOf(await listKeys(ports, first));
    expect(validators.ListKeysReply(told)).toBe(true);
    expect(told.keys.map(({ kid, use, standing, queued }) => [kid, use, standing, queued])).toEqual([
      ['old', 'cards', 'over', 0],
      ['stolen', 'cards', 'refused', 1],
      ['before', 'cards', 'overlap', 0],
      ['retiring', 'cards', 'overlap', 0],
      ['signing', 'cards', 'signing', 0],
      ['next', 'cards', 'coming', 0],
      ['receipts', 'receipts', 'signing', 0],
    ]);
    expect(told.keys[0]).toMatchObject({ from: instant((now - 100) * 1000), to: instant(now * 1000) });
    expect(JSON.stringify(told)).not.toContain('MKBC');
  });
});
