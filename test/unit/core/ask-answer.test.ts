import { cardId, instant, purposeTable, validators } from '../../../protocol';
import { ASK_LIFE_MS } from '../../../cloudfunctions/_core/asks/ask';
import { FETCH_MS } from '../../../cloudfunctions/_core/asks/read-ask';
import { REPEAT_MS } from '../../../cloudfunctions/_core/card/identity';
import { listHistory } from '../../../cloudfunctions/_core/card/list-history';
import type { SealedKey } from '../../../cloudfunctions/_core/sealed-key';
import { CONSENT_LIFE_MS } from '../../../cloudfunctions/_core/showing/counter-session';
import {
  accountOpening,
  agreed,
  ask,
  consent,
  createAskWorld,
  phoneOf,
  pickup,
  standingOf,
  toldOf,
} from '../../support/ask-world';
import { valueOf } from '../../support/enrolment-steps';
import { bank, bankApp, bankNames, railway } from '../../support/institution-world';
import { holder, setCard } from '../../support/showing-world';
import { inStanding } from '../../support/stops';

const refused = (code: string, more: object = {}) => ({ ok: false, error: { code, ...more } });

describe('an answer', () => {
  it('opens an account from afar, with a full card, its holder’s finger and face', async () => {
    const world = createAskWorld();
    setCard(world, { tier: 'full' });
    const { session, code, send } = await agreed(world, accountOpening);
    const reply = valueOf(await send(session, code()));
    expect(validators.AnswerAskReply(reply)).toBe(true);
    const standing = await standingOf(world, session);
    expect(standing).toMatchObject({ kind: 'answered', at: reply.answeredAt, release: { presentation: null } });
    if (standing.kind !== 'answered') return;
    const { answer } = standing.release;
    expect(validators.VerificationAnswer(answer)).toBe(true);
    expect(answer).toMatchObject({ mode: 'asked', tier: 'full', stepUp: ['fingerprint', 'face'] });
    // Nobody compares it: the portrait goes to nobody, though staff at a counter would see it.
    expect(answer.portrait).toBeNull();
    expect(Object.keys(answer.claims)).toEqual(['name', 'number', 'birthdate']);
    const year = purposeTable['bank-account-opening'].consentDays * 24 * 60 * 60 * 1000;
    const until = instant(Math.floor(reply.answeredAt / 1000) * 1000 + year);
    expect(await toldOf(world, standing)).toEqual({
      holderName: 'name of data key',
      lasting: { until, reference: world.ports.referenceTo(world.identity(), bank.partner.id, until) },
      verifiedAt: world.identity().card.mintedAt,
    });
  });

  it('is as old as the evidence of its tier: of a card that was raised, as the visit', async () => {
    const world = createAskWorld();
    setCard(world, { tier: 'full' });
    const { session, code, send } = await agreed(world, accountOpening);
    valueOf(await send(session, code()));
    const standing = await standingOf(world, session);
    if (standing.kind !== 'answered') throw new Error(standing.kind);
    const { mintedAt } = world.identity().card;
    const raisedAt = instant(mintedAt + 1000);
    setCard(world, { raisedAt });
    expect((await toldOf(world, standing))?.verifiedAt).toBe(raisedAt);
    // What was told as light is told by what there was then, though the card was raised meanwhile.
    const { answer } = standing.release;
    const light = { ...standing, release: { ...standing.release, answer: { ...answer, tier: 'light' } } } as const;
    expect((await toldOf(world, light))?.verifiedAt).toBe(mintedAt);
  });

  it('is in its holder’s history, under the partner’s name, and in the partner’s checks as its server’s', async () => {
    const world = createAskWorld();
    const { session, code, send } = await agreed(world);
    valueOf(await send(session, code()));
    const { entries } = valueOf(await listHistory(world.ports, holder, { action: 'listHistory' }));
    expect(entries).toMatchObject([
      {
        kind: 'card_checked',
        partner: bankNames.names,
        terminal: bank.clientId,
        purpose: 'parcel-pickup',
        mode: 'asked',
      },
    ]);
    const [event] = world.events.ofKind('card_checked');
    const read = await world.ask(bank, `GET /verifications/${event?.id ?? ''}`, {}, world.ports);
    expect(read.body).toMatchObject({ counter: bank.clientId, claims: ['masked_name', 'masked_number'] });
    const look = await world.ask(
      bank,
      `POST /verifications/${event?.id ?? ''}/look`,
      { body: { look: 'same' } },
      world.ports,
    );
    expect(look).toMatchObject({ status: 409, body: { code: 'wrong_step' } });
    expect(world.events.ofKind('look_reported')).toEqual([]);
  });

  it('is told to the server that asked, until the release is destroyed', async () => {
    const world = createAskWorld();
    const { session, code, send } = await agreed(world);
    valueOf(await send(session, code()));
    for (const caller of [bankApp, railway]) expect(await standingOf(world, session, caller)).toEqual({ kind: 'over' });
    expect((await standingOf(world, session)).kind).toBe('answered');
    await world.ports.eraseRelease(session);
    expect(await standingOf(world, session)).toEqual({ kind: 'over' });
    // The phone that has heard nothing still hears that it has answered.
    valueOf(await send(session, code()));
    expect(await standingOf(world, session)).toEqual({ kind: 'over' });
  });

  it('may be fetched until a minute after the ask’s end, and no longer', async () => {
    const world = createAskWorld();
    const { session, code, send } = await agreed(world);
    valueOf(await send(session, code()));
    world.clock.advance(ASK_LIFE_MS + FETCH_MS - 1);
    expect((await standingOf(world, session)).kind).toBe('answered');
    world.clock.advance(1);
    expect(await standingOf(world, session)).toEqual({ kind: 'over' });
  });

  it('is heard the same again, and redeems once', async () => {
    const world = createAskWorld();
    const { session, code, send } = await agreed(world);
    const first = valueOf(await send(session, code()));
    const again = code();
    world.clock.advance(REPEAT_MS);
    expect(valueOf(await send(session, again))).toEqual(first);
    expect(world.events.ofKind('card_checked')).toHaveLength(1);
  });

  it('leads to nobody once the account is deleted', async () => {
    const world = createAskWorld();
    const { session, code, send } = await agreed(world);
    valueOf(await send(session, code()));
    world.identities.remove(world.identity());
    expect(await toldOf(world, await standingOf(world, session))).toBeNull();
  });

  it.each([
    ['enrolled again after a deletion', { dataKey: 'another data key' as SealedKey }],
    ['been proofed anew', {}],
  ])('tells of the card that gave it, and of none that its holder has since %s', async (_, change) => {
    const world = createAskWorld();
    const { session, code, send } = await agreed(world);
    valueOf(await send(session, code()));
    const standing = await standingOf(world, session);
    expect(await toldOf(world, standing)).not.toBeNull();
    const before = world.identity();
    const card = { ...before.card, id: cardId('9'.repeat(32)), mintedAt: world.clock.now() };
    world.identities.put({ ...before, ...change, card });
    expect(await toldOf(world, standing)).toBeNull();
  });
});

describe('declining', () => {
  it('is told to the institution, tells nothing of the card, and is final', async () => {
    const world = createAskWorld();
    const { session, code, send } = await agreed(world);
    const made = code();
    const { decline } = phoneOf(world.ports);
    expect(validators.DeclineAskReply(valueOf(await decline(session)))).toBe(true);
    expect(await standingOf(world, session)).toEqual({ kind: 'declined' });
    valueOf(await decline(session));
    expect(await send(session, made)).toEqual(refused('ask_over'));
    expect(await phoneOf(world.ports).claim(session)).toEqual(refused('ask_over'));
    await expect(consent(world, session)).rejects.toThrow('session_over');
    expect(world.events.all()).toEqual([]);
  });

  it('is of an ask that the caller has claimed, and not of one that they answered or that is over', async () => {
    const world = createAskWorld();
    const { decline } = phoneOf(world.ports);
    const free = await ask(world);
    expect(await decline(free.session)).toEqual(refused('not_found'));
    expect(await decline('A'.repeat(22))).toEqual(refused('not_found'));
    const { session, code, send } = await agreed(world);
    valueOf(await send(session, code()));
    expect(await decline(session)).toEqual(refused('ask_over'));
    expect((await standingOf(world, session)).kind).toBe('answered');
    const late = await agreed(world);
    world.clock.advance(ASK_LIFE_MS);
    expect(await decline(late.session)).toEqual(refused('ask_over'));
  });
});

describe('what changes between consent and answer', () => {
  it.each([
    ['suspended', inStanding.suspended, 'suspended'],
    ['revoked', inStanding.revoked, 'revoked'],
    ['minted anew and light', { tier: 'light' }, 'tier_too_low'],
  ] as const)('a card that is %s tells nothing', async (_, card, code) => {
    const world = createAskWorld();
    setCard(world, { tier: 'full' });
    const agreement = await agreed(world, { ...pickup, tier: 'full' });
    setCard(world, card);
    expect(await agreement.send(agreement.session, agreement.code())).toEqual(refused(code));
    expect(await standingOf(world, agreement.session)).toEqual({ kind: 'waiting', isClaimed: true });
  });

  it.each([
    ['is suspended', { partner: { state: 'suspended', reason: 'complaints' } }, 'ask_over'],
    ['is another’s meanwhile', { institution: { partner: railway.partner.id } }, 'ask_over'],
    ['has lost its server', { institution: { state: 'ended' } }, 'ask_over'],
    ['has lost the purpose', { partner: { grants: [] } }, 'purpose_not_registered'],
    [
      'has lost a claim',
      { partner: { grants: [{ purpose: 'parcel-pickup', claims: ['masked_name'], perDay: 1 }] } },
      'claims_not_granted',
    ],
  ] as const)('a partner that %s is told nothing', async (_, change, code) => {
    const world = createAskWorld();
    const { session, code: make, send } = await agreed(world);
    world.register(change as Parameters<typeof world.register>[0]);
    expect(await send(session, make())).toEqual(refused(code));
    expect(world.identity().showing?.state).toBe('open');
    expect(world.events.all()).toEqual([]);
  });

  it('a partner whose day’s checks are used up is told nothing more', async () => {
    const world = createAskWorld();
    const { session, code, send } = await agreed(world);
    world.useUp(bank.partner.id, 'parcel-pickup');
    expect(await send(session, code())).toEqual(refused('quota_used'));
    expect(world.events.all()).toEqual([]);
  });

  it('an ask that ends takes no answer, and burns no code', async () => {
    const world = createAskWorld();
    const opened = await ask(world);
    world.clock.advance(ASK_LIFE_MS - 20_000);
    valueOf(await phoneOf(world.ports).claim(opened.session));
    const code = await consent(world, opened.session);
    world.clock.advance(20_000);
    expect(await phoneOf(world.ports).answer(opened.session, code())).toEqual(refused('ask_over'));
    expect(world.identity().showing?.state).toBe('open');
    await expect(consent(world, opened.session)).rejects.toThrow('session_over');
  });

  it('an ask that was hindered meanwhile takes no answer, though what hindered it is gone', async () => {
    const world = createAskWorld();
    const { session, code } = await agreed(world);
    const { claim } = phoneOf(world.ports);
    const { answer } = phoneOf({
      ...world.ports,
      // The institution hears of it, and goes on.
      loadUsedQuotas: async (partner) => {
        setCard(world, inStanding.suspended);
        expect(await claim(session)).toEqual(refused('card_not_active'));
        setCard(world, { stops: [] });
        return world.ports.loadUsedQuotas(partner);
      },
    });
    expect(await answer(session, code())).toEqual(refused('ask_over'));
    expect(await standingOf(world, session)).toEqual({ kind: 'hindered', reason: 'card_not_active' });
  });

  it('an answer that was redeemed is hindered by nothing that comes before it is written', async () => {
    const world = createAskWorld();
    const { session, code } = await agreed(world);
    const { claim } = phoneOf(world.ports);
    const { answer } = phoneOf({
      ...world.ports,
      answerSession: async (...given) => {
        setCard(world, inStanding.suspended);
        expect(await claim(session)).toEqual(refused('card_not_active'));
        return world.ports.answerSession(...given);
      },
    });
    valueOf(await answer(session, code()));
    expect((await standingOf(world, session)).kind).toBe('answered');
  });

  it('a consent that was not given in its time opens no showing', async () => {
    const world = createAskWorld();
    const { session } = await ask(world);
    valueOf(await phoneOf(world.ports).claim(session));
    world.clock.advance(CONSENT_LIFE_MS);
    await expect(consent(world, session)).rejects.toThrow('session_over');
    expect(await phoneOf(world.ports).claim(session)).toEqual(refused('ask_over'));
    expect(await standingOf(world, session)).toEqual({ kind: 'waiting', isClaimed: true });
  });
});
