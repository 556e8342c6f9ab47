import { prepareDeletion } from '../../../cloudfunctions/_core/card/delete-account';
import { getCard, resumeCard, suspendCard } from '../../../cloudfunctions/_core/card/holder-card';
import {
  findCard,
  holdCard,
  raiseTier,
  releaseCard,
  revokeCard,
} from '../../../cloudfunctions/_core/operators/card-acts';
import { prepareShowing } from '../../../cloudfunctions/_core/showing/open-showing';
import { redeemCode } from '../../../cloudfunctions/_core/showing/redeem-code';
import { endReasons, endReasonTable, instant, LIMITED_MS, operatorRevocations, operatorRoles } from '../../../protocol';
import { createCardActsWorld } from '../../support/card-acts-world';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { createLifeWorld, enrolPerson, identityOf, tryEnrol } from '../../support/life-world';
import { operatorOf } from '../../support/operator-world';
import { firstTerminal, holder, scan, setCard, show } from '../../support/showing-world';
import { reasonOf, standing, stoppedFor } from '../../support/stops';

const security = operatorOf('security');
const refused = (code: string) => ({ ok: false, error: { code } });

const begin = () => {
  const world = createCardActsWorld();
  const { ports } = world;
  const card = world.identity().card.id;
  return {
    world,
    ports,
    card,
    find: (by = security, reference: string = card) =>
      findCard(ports, by, { action: 'findCard', by: 'card', reference }),
    hold: () => holdCard(ports, security, { action: 'holdCard', card, reason: 'inquiry' }),
    release: () => releaseCard(ports, security, { action: 'releaseCard', card }),
    status: async () => valueOf(await getCard(ports, holder)).card.status,
  };
};

describe('looking a card up', () => {
  it('tells nothing of the person, and leaves an entry in the log and in the holder’s history', async () => {
    const { world, find } = begin();
    const { card, person } = world.identity();
    const found = valueOf(await find());
    expect(found).toEqual({
      ok: true,
      card: card.id,
      status: 'valid',
      tier: 'light',
      mintedAt: card.mintedAt,
      stops: [],
    });
    for (const datum of [person.name, person.number, person.address])
      expect(JSON.stringify(found)).not.toContain(datum);
    expect(world.events.all()).toMatchObject([{ kind: 'card_looked_up', role: 'security' }]);
    expect(world.acts().map(({ happening }) => happening)).toMatchObject([{ kind: 'card_looked_up', by: 'card' }]);
    expect(world.identity()).toMatchObject({ eventCount: 1, card });
  });

  it('says the same to who may not look as of what is not there', async () => {
    const { world, find } = begin();
    const others = operatorRoles.filter((role) => role !== 'security').map((role) => operatorOf(role));
    for (const by of [...others, holder]) expect(await find(by)).toEqual(refused('not_found'));
    expect(world.acts()).toEqual([]);
    expect(await find(security, 'f'.repeat(32))).toEqual(refused('not_found'));
    expect(world.events.all()).toEqual([]);
  });

  it('answers nothing where the entry cannot be written', async () => {
    const { world, card } = begin();
    for (const port of ['recordOperatorAct', 'replaceIdentity', 'appendEvent'] as const) {
      const broken = { ...world.ports, [port]: () => Promise.reject(new Error('no log')) };
      const call = findCard(broken, security, { action: 'findCard', by: 'card', reference: card });
      await expect(call).rejects.toThrow('no log');
    }
    const overtaken = { ...world.ports, replaceIdentity: () => Promise.resolve(false) };
    const call = findCard(overtaken, security, { action: 'findCard', by: 'card', reference: card });
    await expect(call).rejects.toThrow('history');
  });
});

describe('a card that the service has stopped', () => {
  it('is shown no more, and its holder cannot resume it', async () => {
    const { world, ports, hold, status } = begin();
    const showing = await show(world);
    valueOf(await hold());
    expect(await redeemCode(ports, firstTerminal.key, scan(showing.code()))).toEqual(refused('suspended'));
    expect(await prepareShowing(ports, holder)).toEqual(refused('card_not_active'));
    expect(await resumeCard(ports, holder)).toEqual(refused('card_not_active'));
    expect(await status()).toBe('suspended');
  });

  it.each([
    ['before', ['suspend', 'hold'] as const],
    ['after', ['hold', 'suspend'] as const],
  ])('stays braked by its holder once it is released, where they pulled the brake %s', async (_, order) => {
    const { ports, hold, release, status } = begin();
    const acts = { hold, suspend: () => suspendCard(ports, holder) };
    for (const act of order) valueOf(await acts[act]());
    expect(await resumeCard(ports, holder)).toEqual(refused('card_not_active'));
    valueOf(await release());
    expect(await status()).toBe('suspended');
    valueOf(await resumeCard(ports, holder));
    expect(await status()).toBe('valid');
  });

  it('is stopped once for each reason, tells the gravest, and is released of all at once', async () => {
    const { world, ports, card, find, hold, release } = begin();
    valueOf(await hold());
    valueOf(await holdCard(ports, security, { action: 'holdCard', card, reason: 'frozen_by_court' }));
    valueOf(await hold());
    const stops = [{ reason: 'inquiry' }, { reason: 'frozen_by_court' }];
    expect(valueOf(await find())).toMatchObject({ status: 'suspended', stops });
    expect(valueOf(await getCard(ports, holder)).card.ended).toMatchObject({ reason: 'frozen_by_court' });
    valueOf(await release());
    valueOf(await release());
    expect(world.events.all().filter(({ kind }) => kind !== 'card_looked_up')).toMatchObject([
      { kind: 'card_stopped', reason: 'inquiry' },
      { kind: 'card_stopped', reason: 'frozen_by_court' },
      { kind: 'card_released', reasons: ['inquiry', 'frozen_by_court'] },
    ]);
  });

  it.each(endReasons)(
    'is released of %s where that is an operator’s to settle, and of nothing else',
    async (reason) => {
      const { world, release } = begin();
      setCard(world, stoppedFor(reason));
      const { status, remedy } = endReasonTable[reason];
      const outcome = await release();
      if (status === 'revoked') expect(outcome).toEqual(refused('card_not_active'));
      else valueOf(outcome);
      expect(reasonOf(world.identity())).toBe(remedy === 'operator' ? null : reason);
    },
  );

  it('is not let go for the face that its finder would have to show, nor deleted meanwhile', async () => {
    const { world, ports, card, release, status } = begin();
    valueOf(await holdCard(ports, security, { action: 'holdCard', card, reason: 'phone_lost' }));
    valueOf(await release());
    expect(await status()).toBe('suspended');
    const deletionPorts = { ...world.ports, publishedKeys: () => [] };
    expect(await prepareDeletion(deletionPorts, holder)).toEqual(refused('card_not_active'));
  });
});

describe('a card that was ended or raised', () => {
  it('is ended once and for good', async () => {
    const { world, ports, card, hold, status } = begin();
    valueOf(await revokeCard(ports, card, 'obtained_by_fraud'));
    valueOf(await revokeCard(ports, card, 'obtained_by_fraud'));
    valueOf(await revokeCard(ports, card, 'ended_by_holder'));
    expect(await status()).toBe('revoked');
    expect(await hold()).toEqual(refused('card_not_active'));
    expect(await raiseTier(ports, card)).toEqual(refused('card_not_active'));
    expect(await resumeCard(ports, holder)).toEqual(refused('card_not_active'));
    expect(world.events.all()).toMatchObject([{ kind: 'card_stopped', reason: 'obtained_by_fraud' }]);
    expect(await revokeCard(ports, 'f'.repeat(32), 'obtained_by_fraud')).toEqual(refused('not_found'));
  });

  it.each(operatorRevocations)('%s stays in force though its holder had braked the card before', async (reason) => {
    const world = createLifeWorld();
    const account = accountOf(1);
    await enrolPerson(world, account, 1);
    valueOf(await suspendCard(world.ports, account));
    const old = identityOf(world, account)?.card;
    if (!old) throw new Error('no card');
    const ports = { ...createCardActsWorld().ports, ...world.ports };
    const loadIdentityByCard = () => Promise.resolve(identityOf(world, account));
    valueOf(await revokeCard({ ...ports, loadIdentityByCard }, old.id, reason));
    expect(await resumeCard(world.ports, account)).toEqual(refused('card_not_active'));
    const { minted } = await tryEnrol(world, account, 1);
    // Another card, at most, and only where the face makes up for it.
    const isCured = endReasonTable[reason].remedy === 'face';
    expect(minted.ok).toBe(isCured);
    const present = identityOf(world, account);
    expect(standing(present)).toBe(isCured ? 'valid' : 'revoked');
    expect(present?.card.id === old.id).toBe(!isCured);
  });

  it('is raised once, and limited no more', async () => {
    const { world, ports, card } = begin();
    setCard(world, { limitedUntil: instant(world.clock.now() + LIMITED_MS) });
    valueOf(await raiseTier(ports, card));
    valueOf(await raiseTier(ports, card));
    expect(world.identity().card.tier).toBe('full');
    expect(world.identity().card.limitedUntil).toBeNull();
    expect(world.events.all().map(({ kind }) => kind)).toEqual(['tier_raised']);
    expect(world.identity().card.raisedAt).toBe(world.clock.now());
  });
});
