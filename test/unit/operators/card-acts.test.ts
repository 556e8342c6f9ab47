import { getCard, resumeCard, suspendCard } from '../../../cloudfunctions/_core/card/holder-card';
import {
  findCard,
  holdCard,
  raiseTier,
  releaseCard,
  revokeCard,
} from '../../../cloudfunctions/_core/operators/card-acts';
import { redeemCode } from '../../../cloudfunctions/_core/showing/redeem-code';
import { operatorRoles } from '../../../protocol';
import { createCardActsWorld } from '../../support/card-acts-world';
import { valueOf } from '../../support/enrolment-steps';
import { operatorOf } from '../../support/operator-world';
import { firstTerminal, holder, scan, show } from '../../support/showing-world';

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
    hold: () => holdCard(ports, security, { action: 'holdCard', card, reason: 'fraud' }),
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
      held: null,
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
  it('is refused at checks, and its holder cannot resume it', async () => {
    const { world, ports, hold, release, status } = begin();
    const showing = await show(world);
    valueOf(await hold());
    expect(await redeemCode(ports, firstTerminal.key, scan(showing.code()))).toEqual(refused('suspended'));
    await resumeCard(ports, holder);
    expect(await status()).toBe('suspended');
    valueOf(await suspendCard(ports, holder));
    valueOf(await release());
    expect(await status()).toBe('suspended');
    valueOf(await resumeCard(ports, holder));
    expect(await status()).toBe('valid');
    valueOf(await redeemCode(ports, firstTerminal.key, scan(showing.code())));
  });

  it('is stopped once, with the first reason', async () => {
    const { world, ports, card, hold, release } = begin();
    valueOf(await hold());
    valueOf(await holdCard(ports, security, { action: 'holdCard', card, reason: 'court_order' }));
    expect(world.identity().card.held).toBe('fraud');
    valueOf(await release());
    valueOf(await release());
    expect(world.events.all().map(({ kind }) => kind)).toEqual(['card_held', 'card_released']);
  });
});

describe('a card that was ended or raised', () => {
  it('is ended once and for good', async () => {
    const { world, ports, card, hold, status } = begin();
    valueOf(await revokeCard(ports, card, 'source_ended'));
    valueOf(await revokeCard(ports, card, 'fraud'));
    expect(await status()).toBe('revoked');
    expect(await hold()).toEqual(refused('card_not_active'));
    expect(await raiseTier(ports, card)).toEqual(refused('card_not_active'));
    expect(await resumeCard(ports, holder)).toEqual(refused('card_not_active'));
    expect(world.events.all()).toMatchObject([{ kind: 'card_ended', reason: 'source_ended' }]);
    expect(await revokeCard(ports, 'f'.repeat(32), 'fraud')).toEqual(refused('not_found'));
  });

  it('is raised once', async () => {
    const { world, ports, card } = begin();
    valueOf(await raiseTier(ports, card));
    valueOf(await raiseTier(ports, card));
    expect(world.identity().card.tier).toBe('full');
    expect(world.events.all().map(({ kind }) => kind)).toEqual(['tier_raised']);
  });
});
