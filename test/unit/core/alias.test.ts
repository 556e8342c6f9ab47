import fc from 'fast-check';
import { ALIAS_LIFE_S, allowsAlias, createAlias, isAlias, purposeIds } from '../../../protocol';
import { SHOWING_LIFE_MS } from '../../../cloudfunctions/_core/card/identity';
import { aliasShowing } from '../../../cloudfunctions/_core/showing/alias-showing';
import { claimCounter, openCounter } from '../../../cloudfunctions/_core/showing/counter';
import { ALIAS_MISSES_A_MINUTE } from '../../../cloudfunctions/_core/showing/alias-turn';
import { redeemCode } from '../../../cloudfunctions/_core/showing/redeem-code';
import { interleaved } from '../../support/asynchronous';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import {
  createShowingWorld,
  firstTerminal,
  holder,
  laterShowingPorts,
  scan,
  secondTerminal,
  setCard,
  show,
  shown,
} from '../../support/showing-world';
import { inStanding } from '../../support/stops';
import type { SessionHandle } from '../../../protocol';

const refused = (code: string) => ({ ok: false, error: { code } });

/** A showing with a number. */
const numbered = async () => {
  const opened = await shown();
  const { alias } = valueOf(await aliasShowing(opened.world.ports, holder));
  return { ...opened, alias };
};

describe('a number', () => {
  it('has 18 digits, each of the random ones alike likely', () => {
    const counts = new Map<string, number>();
    let seed = 1;
    const bytes = (length: number): Uint8Array =>
      Uint8Array.from({ length }, () => (seed = (seed * 48271) % 2147483647) & 255);
    for (let made = 0; made < 2000; made += 1) {
      const alias = createAlias(bytes);
      expect(isAlias(alias)).toBe(true);
      for (const digit of alias.slice(2)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
    }
    for (const count of counts.values()) expect(Math.abs(count - 3200)).toBeLessThan(320);
    expect(counts.size).toBe(10);
  });

  it.each([
    '',
    '29',
    '2900000000000000',
    '30' + '0'.repeat(16),
    '29' + '0'.repeat(17),
    '29' + '٠'.repeat(16),
    '29x' + '0'.repeat(15),
  ])('is not %j', (text) => {
    expect(isAlias(text)).toBe(false);
  });

  it('takes each byte below 250 for its last digit, and leaves out the others: no digit is likelier', () => {
    const given = [
      [250, 255, 251, 249, 10, 21, 32, 43, 54, 65, 76, 87, 98, 109, 110, 121],
      [254, 131, 142, 153, ...Array.from({ length: 12 }, () => 0)],
    ];
    let at = 0;
    const alias = createAlias((length) => {
      expect(length).toBe(16);
      const bytes = given[at] ?? [];
      at += 1;
      return Uint8Array.from(bytes);
    });
    expect(alias).toBe('299012345678901123');
    expect(at).toBe(2);
  });

  it('serves light tasks alone, which ask for nothing more', () => {
    expect(purposeIds.filter(allowsAlias)).toEqual(['age-check', 'parcel-pickup', 'internet-cafe']);
  });

  it('is redeemed as the code is, once', async () => {
    const { world, showing, alias, redeem } = await numbered();
    const first = await redeem(alias);
    expect(valueOf(first).answer).toMatchObject({ mode: 'shown', facts: { codeMadeAt: world.clock.now() } });
    expect(await redeem(alias)).toEqual(first);
    expect(await redeem(alias, 2)).toEqual(refused('code_already_used'));
    expect(await redeem(showing.code(), 3, secondTerminal)).toEqual(refused('code_already_used'));
    expect(world.events.ofKind('card_checked')).toHaveLength(1);
  });

  it('is worth nothing after a minute, after the next number, and after the showing', async () => {
    const { world, alias, redeem, showing } = await numbered();
    world.clock.advance(ALIAS_LIFE_S * 1000);
    expect(await redeem(alias)).toEqual(refused('code_expired'));
    const { alias: next } = valueOf(await aliasShowing(world.ports, holder));
    expect(next).not.toBe(alias);
    expect(await redeem(alias)).toEqual(refused('code_not_recognised'));
    valueOf(await redeem(showing.code()));
    await show(world);
    expect(await redeem(next, 4)).toEqual(refused('code_not_recognised'));
  });

  it('says until when it is taken: a minute, or the showing’s end', async () => {
    const world = createShowingWorld();
    await show(world);
    const [openedAt, ask] = [world.clock.now(), async () => valueOf(await aliasShowing(world.ports, holder))];
    expect(await ask()).toMatchObject({ ok: true, serverTime: openedAt, expiresAt: openedAt + ALIAS_LIFE_S * 1000 });
    world.clock.advance(SHOWING_LIFE_MS - 1);
    expect(await ask()).toMatchObject({ expiresAt: openedAt + SHOWING_LIFE_MS });
    world.clock.advance(1);
    expect(await aliasShowing(world.ports, holder)).toEqual(refused('wrong_step'));
  });

  it('is given to the holder of an open showing of a valid card, and to no bound one', async () => {
    const world = createShowingWorld();
    expect(await aliasShowing(world.ports, accountOf(9))).toEqual(refused('not_found'));
    expect(await aliasShowing(world.ports, holder)).toEqual(refused('wrong_step'));
    await show(world);
    setCard(world, inStanding.suspended);
    expect(await aliasShowing(world.ports, holder)).toEqual(refused('card_not_active'));
    setCard(world, inStanding.valid);
    const { session } = valueOf(
      await openCounter(world.ports, firstTerminal.key, { action: 'openCounter', purpose: 'parcel-pickup' }),
    );
    valueOf(await claimCounter(world.ports, holder, { action: 'claimCounter', session }));
    await show(world, 'parcel-pickup', holder, session as SessionHandle);
    expect(await aliasShowing(world.ports, holder)).toEqual(refused('counter_needed'));
  });

  it('that is guessed is counted against the terminal, which is not heard with numbers for the rest of the minute', async () => {
    const { world, alias, redeem, showing } = await numbered();
    const guess = (at: number) => `29${String(at).padStart(16, '1')}`;
    for (let at = 0; at < ALIAS_MISSES_A_MINUTE; at += 1) {
      expect(await redeem(guess(at), at + 1)).toEqual(refused('code_not_recognised'));
    }
    expect(await redeem(alias, 98)).toEqual(refused('too_many_requests'));
    expect(await redeem(guess(99), 99)).toEqual(refused('too_many_requests'));
    expect((await redeem(alias, 97, secondTerminal)).ok).toBe(true);
    await show(world)
      .then(({ code }) => redeem(code(), 96))
      .then(valueOf);
    expect(await redeem(showing.code(), 95)).not.toEqual(refused('too_many_requests'));
    world.clock.advance(60_000);
    await show(world);
    const { alias: later } = valueOf(await aliasShowing(world.ports, holder));
    valueOf(await redeem(later, 94));
  });

  it('and the code of one showing are redeemed once, whichever comes first', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.boolean(), { minLength: 2, maxLength: 5 }),
        async (scheduler, kinds) => {
          const { world, alias, showing } = await numbered();
          const ports = interleaved(world.ports, laterShowingPorts, scheduler);
          const texts = kinds.map((isAliased) => (isAliased ? alias : showing.code()));
          const replies = await scheduler.waitFor(
            Promise.all(texts.map((text, at) => redeemCode(ports, firstTerminal.key, scan(text, at + 1)))),
          );
          expect(replies.filter(({ ok }) => ok)).toHaveLength(1);
          expect(world.events.ofKind('card_checked')).toHaveLength(1);
        },
      ),
      { numRuns: 100 },
    );
  });
});
