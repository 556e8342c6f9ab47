import { validators, type SessionHandle } from '../../../protocol';
import { aliasShowing } from '../../../cloudfunctions/_core/showing/alias-showing';
import { openCounter, readCounter } from '../../../cloudfunctions/_core/showing/counter';
import { redeemCode } from '../../../cloudfunctions/_core/showing/redeem-code';
import { agreed, ask, consent, createAskWorld, other, phoneOf, pickup, standingOf } from '../../support/ask-world';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { bank, bankApp, keyed, problemIn } from '../../support/institution-world';
import { firstTerminal, holder, scan, setCard, show } from '../../support/showing-world';

const refused = (code: string) => ({ ok: false, error: { code } });
const NO_SESSION = 'A'.repeat(22);

describe('the code of a showing for an ask', () => {
  it('is redeemed at no terminal and at no counter, the institution’s own included, and the holder reads who tried', async () => {
    const world = createAskWorld();
    const { session, code, send } = await agreed(world);
    expect(await redeemCode(world.ports, firstTerminal.key, scan(code()))).toEqual(refused('other_terminal'));
    const counters = [bank.clientId, `ask ${session}`, session];
    for (const [at, counter] of counters.entries()) {
      const body = { code: code(), purpose: 'parcel-pickup', counter };
      for (const caller of [bank, bankApp]) {
        const sent = { body, headers: keyed(2 * at + Number(caller === bank)) };
        expect(problemIn(await world.ask(caller, 'POST /verifications', sent, world.ports))).toBe('other_terminal');
      }
    }
    expect(world.events.ofKind('check_refused').map(({ reason }) => reason)).toContain('other_terminal');
    expect(world.events.ofKind('card_checked')).toEqual([]);
    valueOf(await send(session, code()));
  });

  it('has no number for a till', async () => {
    const world = createAskWorld();
    await agreed(world);
    expect(await aliasShowing(world.ports, holder)).toEqual(refused('counter_needed'));
  });

  it('answers its own ask and none beside it', async () => {
    const world = createAskWorld();
    const beside = await ask(world);
    const { session, code } = await agreed(world);
    const { claim, answer } = phoneOf(world.ports);
    valueOf(await claim(beside.session));
    expect(await answer(beside.session, code())).toEqual(refused('code_not_recognised'));
    expect(await standingOf(world, beside.session)).toEqual({ kind: 'waiting', isClaimed: true });
    valueOf(await answer(session, code()));
  });
});

describe('an ask', () => {
  it('is answered by no code that its holder did not make for it', async () => {
    const world = createAskWorld();
    const { session } = await ask(world);
    const phone = phoneOf(world.ports);
    valueOf(await phone.claim(session));
    // Shown to any terminal: nobody has agreed to tell the bank.
    const shown = await show(world);
    expect(await phone.answer(session, shown.code())).toEqual(refused('code_not_recognised'));
    const number = valueOf(await aliasShowing(world.ports, holder)).alias;
    expect(await phone.answer(session, number)).toEqual(refused('code_not_recognised'));
    const counter = valueOf(
      await openCounter(world.ports, firstTerminal.key, { action: 'openCounter', purpose: 'parcel-pickup' }),
    );
    valueOf(await phone.claim(counter.session));
    const bound = await consent(world, counter.session as SessionHandle);
    expect(await phone.answer(session, bound())).toEqual(refused('code_not_recognised'));
    for (const text of ['', 'HELLO', '9'.repeat(400)])
      expect(await phone.answer(session, text)).toEqual(refused('code_not_recognised'));
    expect(await standingOf(world, session)).toEqual({ kind: 'waiting', isClaimed: true });
    expect(world.events.all()).toEqual([]);
  });

  it('is not answered by a code of somebody else’s, whoever hands it in', async () => {
    const world = createAskWorld();
    const { session } = await ask(world);
    const thief = phoneOf(world.ports, other);
    valueOf(await thief.claim(session));
    const victims = await show(world);
    expect(await thief.answer(session, victims.code())).toEqual(refused('code_not_recognised'));
    expect(await phoneOf(world.ports).answer(session, victims.code())).toEqual(refused('not_found'));
    expect(await thief.answer(NO_SESSION, victims.code())).toEqual(refused('not_found'));
    expect(await phoneOf(world.ports, accountOf(9)).answer(session, victims.code())).toEqual(refused('not_found'));
    expect(world.events.all()).toEqual([]);
  });

  it('is answered and declined by the one who claimed it alone', async () => {
    const world = createAskWorld();
    const { session, code } = await agreed(world);
    for (const account of [other, accountOf(9)]) {
      const stranger = phoneOf(world.ports, account);
      expect(await stranger.answer(session, code())).toEqual(refused('not_found'));
      expect(await stranger.decline(session)).toEqual(refused('not_found'));
    }
    expect(await phoneOf(world.ports, other).claim(session)).toEqual(refused('session_taken'));
    expect(await standingOf(world, session)).toEqual({ kind: 'waiting', isClaimed: true });
  });

  it('is none of a merchant’s: no terminal reads it, and a counter’s own session is neither answered nor declined', async () => {
    const world = createAskWorld();
    const { session } = await ask(world);
    const read = (of: string) => readCounter(world.ports, firstTerminal.key, { action: 'readCounter', session: of });
    expect(await read(session)).toEqual(refused('not_found'));
    const counter = valueOf(
      await openCounter(world.ports, firstTerminal.key, { action: 'openCounter', purpose: 'parcel-pickup' }),
    );
    const phone = phoneOf(world.ports);
    expect(valueOf(await phone.claim(counter.session)).ask).toBeUndefined();
    const code = await consent(world, counter.session as SessionHandle);
    expect(await phone.answer(counter.session, code())).toEqual(refused('not_found'));
    expect(await phone.decline(counter.session)).toEqual(refused('not_found'));
    valueOf(await read(counter.session));
  });

  it('that wants a full card opens no showing of a card that is light by then', async () => {
    const world = createAskWorld();
    setCard(world, { tier: 'full' });
    const { session } = await ask(world, { ...pickup, tier: 'full' });
    valueOf(await phoneOf(world.ports).claim(session));
    setCard(world, { tier: 'light' });
    await expect(consent(world, session)).rejects.toThrow('tier_too_low');
  });

  it('has requests without a place for anything else', () => {
    const answer = { action: 'answerAsk', session: NO_SESSION, code: 'ABC' };
    expect(validators.AnswerAskRequest(answer)).toBe(true);
    for (const more of [
      { session: { $gt: '' } },
      { session: `${NO_SESSION}A` },
      { code: 'ABC\n' },
      { code: 'A'.repeat(401) },
      { presentation: 'a b' },
      { presentation: 'a'.repeat(16_385) },
      { requestId: '0'.repeat(32) },
    ])
      expect(validators.AnswerAskRequest({ ...answer, ...more })).toBe(false);
    for (const number of ['12345678', '1234567890', '12345678x', { $ne: null }, 123456789])
      expect(validators.FindAskRequest({ action: 'findAsk', number })).toBe(false);
  });
});
