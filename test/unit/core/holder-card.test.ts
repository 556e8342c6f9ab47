import { calendarDate, instant } from '../../../protocol';
import { getCard, resumeCard, suspendCard } from '../../../cloudfunctions/_core/card/holder-card';
import { prepareShowing } from '../../../cloudfunctions/_core/showing/open-showing';
import { redeemCode } from '../../../cloudfunctions/_core/showing/redeem-code';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { createShowingWorld, firstTerminal, holder, scan, setCard, setFinger, show } from '../../support/showing-world';
import { inStanding, standing } from '../../support/stops';

const stranger = accountOf(9);

describe('the holder’s own card', () => {
  it('shows nothing of the person but the masked name', async () => {
    const { ports, identity } = createShowingWorld();
    const { card } = identity();
    expect(valueOf(await getCard(ports, holder))).toEqual({
      ok: true,
      card: {
        id: card.id,
        status: 'valid',
        tier: 'light',
        maskedName: '林**',
        mintedAt: card.mintedAt,
        validTo: card.validTo,
      },
    });
  });

  it('says that a finger is bound, and that it is limited as long as it is', async () => {
    const world = createShowingWorld();
    setFinger(world);
    const limitedUntil = instant(world.clock.now() + 1000);
    setCard(world, { limitedUntil });
    const seen = async () => valueOf(await getCard(world.ports, holder)).card;
    expect(await seen()).toMatchObject({ fingerprint: 'bound', limitedUntil });
    world.clock.advance(1000);
    expect(await seen()).not.toHaveProperty('limitedUntil');
  });

  it('is nobody else’s to see, to stop or to release', async () => {
    const { ports, identities } = createShowingWorld();
    const writes = identities.written.length;
    for (const call of [getCard, suspendCard, resumeCard]) {
      expect(await call(ports, stranger)).toEqual({ ok: false, error: { code: 'not_found' } });
    }
    expect(identities.written).toHaveLength(writes);
  });

  it.each([
    ['valid', '2026-03-10', 'valid'],
    ['valid', '2026-03-09', 'expired'],
    ['suspended', '2026-03-10', 'suspended'],
    ['suspended', '2026-03-09', 'expired'],
    ['revoked', '2026-03-09', 'revoked'],
  ] as const)('that is set %s and ends on %s is %s on 2026-03-10', async (status, end, seen) => {
    const { ports, change } = createShowingWorld();
    change((found) => ({ ...found, card: { ...found.card, ...inStanding[status], validTo: calendarDate(end) } }));
    expect(valueOf(await getCard(ports, holder)).card.status).toBe(seen);
  });
});

describe('the brake', () => {
  it('marks with each change, and with no other call, that the status lists are to be told', async () => {
    const { ports, identity } = createShowingWorld();
    const sinceOf = (): number | null => identity().untold?.since ?? null;
    expect(sinceOf()).toBeNull();
    valueOf(await suspendCard(ports, holder));
    const suspendedIn = identity().revision;
    expect(sinceOf()).toBe(suspendedIn);
    valueOf(await suspendCard(ports, holder));
    expect(sinceOf()).toBe(suspendedIn);
    valueOf(await resumeCard(ports, holder));
    expect(sinceOf()).toBe(suspendedIn + 1);
    await prepareShowing(ports, holder);
    expect(identity().revision).toBe(suspendedIn + 2);
    expect(sinceOf()).toBe(suspendedIn + 1);
  });

  it('stops the open showing, and its release lets it go on', async () => {
    const world = createShowingWorld();
    const showing = await show(world);
    const redeem = () => redeemCode(world.ports, firstTerminal.key, scan(showing.code()));
    expect(valueOf(await suspendCard(world.ports, holder)).card.status).toBe('suspended');
    expect(await redeem()).toEqual({ ok: false, error: { code: 'suspended' } });
    expect(valueOf(await resumeCard(world.ports, holder)).card.status).toBe('valid');
    valueOf(await redeem());
    expect(world.events.all().map(({ kind }) => kind)).toEqual([
      'card_suspended',
      'check_refused',
      'card_resumed',
      'card_checked',
    ]);
  });

  it('pulled twice is pulled once', async () => {
    const { ports, events } = createShowingWorld();
    valueOf(await resumeCard(ports, holder));
    expect(events.all()).toEqual([]);
    const first = valueOf(await suspendCard(ports, holder));
    expect(valueOf(await suspendCard(ports, holder))).toEqual(first);
    expect(events.all()).toHaveLength(1);
  });

  it('moves no revoked card', async () => {
    const { ports, change, identity, events } = createShowingWorld();
    change((found) => ({ ...found, card: { ...found.card, ...inStanding.revoked } }));
    for (const call of [suspendCard, resumeCard]) {
      expect(await call(ports, holder)).toEqual({ ok: false, error: { code: 'card_not_active' } });
    }
    expect(standing(identity())).toBe('revoked');
    expect(events.all()).toEqual([]);
  });
});
