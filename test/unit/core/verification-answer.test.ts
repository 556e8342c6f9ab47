import {
  base64Encode,
  calendarDate,
  createCode,
  instant,
  purposeIds,
  purposeTable,
  validators,
} from '../../../protocol';
import { REPEAT_MS } from '../../../cloudfunctions/_core/card/identity';
import { redeemCode } from '../../../cloudfunctions/_core/showing/redeem-code';
import { valueOf } from '../../support/enrolment-steps';
import { newKeyPair } from '../../support/key-pair';
import {
  createShowingWorld,
  firstTerminal,
  scan,
  secondTerminal,
  setCard,
  show,
  shown,
} from '../../support/showing-world';
import { inStanding } from '../../support/stops';

const shownPurposes = purposeIds.filter((id) => purposeTable[id].modes.includes('shown'));

describe('the answer', () => {
  it.each(shownPurposes)('for %s discloses its claims and no others', async (purpose) => {
    const world = createShowingWorld();
    const showing = await show(world, purpose);
    const reply = valueOf(await redeemCode(world.ports, firstTerminal.key, scan(showing.code(), 1, purpose)));
    const { person, showing: redeemed, card } = world.identity();
    const now = world.clock.now();
    const all: Readonly<Record<string, unknown>> = {
      masked_name: '林**',
      masked_number: `1${'*'.repeat(16)}${person.number.slice(-1)}`,
      age_over_18: true,
    };
    const { claims, look } = purposeTable[purpose];
    expect(reply.answer).toEqual({
      eventId: redeemed?.state === 'redeemed' ? redeemed.eventId : '',
      purpose,
      mode: 'shown',
      tier: card.tier,
      stepUp: [],
      facts: {
        signatureValidAt: now,
        codeMadeAt: instant(Math.floor(now / 1000) * 1000),
        redeemedAt: now,
        status: 'valid',
        statusAsOf: now,
      },
      claims: Object.fromEntries(claims.map((claim) => [claim, all[claim]])),
      portrait: look ? base64Encode(person.portrait) : null,
      matchMark: redeemed?.state === 'redeemed' ? redeemed.matchMark : null,
      receipt: redeemed?.state === 'redeemed' ? redeemed.receipt : null,
    });
    const said = JSON.stringify(reply);
    for (const secret of [person.name, person.number, person.birthDate, person.address, card.id]) {
      expect(said).not.toContain(secret);
    }
    expect(validators.RedeemCodeReply(reply)).toBe(true);
  });

  it('tells a person’s age by the day in China', async () => {
    const ageOn = async (start: string, birthDate: string): Promise<unknown> => {
      const world = createShowingWorld(start);
      world.change((found) => ({ ...found, person: { ...found.person, birthDate } }));
      const showing = await show(world, 'internet-cafe');
      const request = scan(showing.code(), 1, 'internet-cafe');
      return valueOf(await redeemCode(world.ports, firstTerminal.key, request)).answer.claims.age_over_18;
    };
    expect(await ageOn('2026-03-10T15:59:59Z', '2008-03-11')).toBe(false);
    expect(await ageOn('2026-03-10T16:00:00Z', '2008-03-11')).toBe(true);
    expect(await ageOn('2026-02-28T15:00:00Z', '2008-02-29')).toBe(false);
    expect(await ageOn('2026-02-28T16:00:00Z', '2008-02-29')).toBe(true);
  });

  it('leaves one event that says who checked, for what, and nothing of the person', async () => {
    const { world, showing, redeem } = await shown();
    const { answer } = valueOf(await redeem(showing.code()));
    expect(world.events.all()).toEqual([
      {
        id: answer.eventId,
        at: world.clock.now(),
        kind: 'card_checked',
        purpose: 'parcel-pickup',
        mode: 'shown',
        tier: 'light',
        claims: ['masked_name', 'masked_number'],
        stepUp: [],
        partner: 'courier',
        shop: 'yunqi',
        terminal: '1',
        receipt: answer.receipt,
      },
    ]);
    expect(world.logged).toEqual([]);
  });
});

describe('the same request again', () => {
  it('hears the same answer for 60 s, also when the next showing is open, and not after', async () => {
    const { world, showing, redeem } = await shown();
    const code = showing.code();
    const first = await redeem(code);
    world.clock.advance(1000);
    expect(await redeem(code)).toEqual(first);
    const next = await show(world);
    world.clock.advance(REPEAT_MS - 1001);
    expect(await redeem(code)).toEqual(first);
    expect(await redeem(showing.code())).toEqual(first);
    expect(await redeem(code, 1, secondTerminal)).toMatchObject({ error: { code: 'code_already_used' } });
    expect(await redeem(code, 2)).toMatchObject({ error: { code: 'code_already_used' } });
    world.clock.advance(1);
    expect(await redeem(code)).toEqual({ ok: false, error: { code: 'code_already_used' } });
    expect(world.events.ofKind('card_checked')).toHaveLength(1);
    valueOf(await redeem(next.code(), 3));
  });

  it('hears the same though the card was suspended or ended since', async () => {
    const { world, showing, redeem } = await shown('2026-03-10T15:59:30Z');
    const code = showing.code();
    const first = await redeem(code);
    setCard(world, { ...inStanding.suspended, validTo: calendarDate('2026-03-10') });
    world.clock.advance(REPEAT_MS - 1);
    expect(await redeem(code)).toEqual(first);
  });

  it('hears the same after midnight made the holder older', async () => {
    const world = createShowingWorld('2026-03-10T15:59:50Z');
    world.change((found) => ({ ...found, person: { ...found.person, birthDate: '2008-03-11' } }));
    const showing = await show(world, 'internet-cafe');
    const request = scan(showing.code(), 1, 'internet-cafe');
    const first = await redeemCode(world.ports, firstTerminal.key, request);
    expect(first).toMatchObject({ value: { answer: { claims: { age_over_18: false } } } });
    world.clock.advance(20_000);
    expect(await redeemCode(world.ports, firstTerminal.key, request)).toEqual(first);
  });

  it('with a code that was not signed by the phone hears nothing', async () => {
    const { world, showing, redeem } = await shown();
    valueOf(await redeem(showing.code()));
    const issuedAt = Math.floor(world.clock.now() / 1000);
    const forged = createCode({ handle: showing.handle, issuedAt, sign: newKeyPair().sign });
    expect(await redeem(forged)).toEqual({ ok: false, error: { code: 'code_not_recognised' } });
  });
});
