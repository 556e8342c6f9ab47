import fc from 'fast-check';
import { instant, purposeTable, sessionHandle, validators, type PurposeId } from '../../../protocol';
import { listHistory } from '../../../cloudfunctions/_core/card/list-history';
import { openEntry } from '../../../cloudfunctions/_core/card/open-entry';
import { CONSENTS_MOST, type LastingConsent } from '../../../cloudfunctions/_core/consents/consent';
import { listConsents } from '../../../cloudfunctions/_core/consents/list-consents';
import {
  accountOpening,
  agreed,
  consent,
  createAskWorld,
  laterAskPorts,
  other,
  phoneOf,
  pickup,
  standingOf,
  toldOf,
  type AskWorld,
} from '../../support/ask-world';
import { interleaved } from '../../support/asynchronous';
import { consentOf, lend, statusOf, withdraw } from '../../support/consents';
import { valueOf } from '../../support/enrolment-steps';
import { bank, bankApp, bankNames, keyed } from '../../support/institution-world';
import { holder, setCard } from '../../support/showing-world';

const NOT_FOUND = { ok: false, error: { code: 'not_found' } };
const DAY_MS = 24 * 60 * 60 * 1000;
const YEAR_MS = purposeTable['bank-account-opening'].consentDays * DAY_MS;

const standing = async ({ ports, events }: AskWorld, number: number) =>
  valueOf(await openEntry({ ...ports, ...events.ports }, holder, { number })).standing?.consent;
const kinds = async ({ ports }: AskWorld) =>
  valueOf(await listHistory(ports, holder, { action: 'listHistory' })).entries.map(({ kind }) => kind);

describe('a consent that lasts', () => {
  it('is kept with the answer that gave it, once, and told on its entry', async () => {
    const world = createAskWorld();
    setCard(world, { tier: 'full' });
    const { session, code, send } = await agreed(world, accountOpening);
    valueOf(await send(session, code()));
    valueOf(await send(session, code()));
    const until = instant(Math.floor(world.clock.now() / 1000) * 1000 + YEAR_MS);
    const { number, ...kept } = world.identity().consents?.[0] ?? { number: 0 };
    expect(world.identity().consents).toHaveLength(1);
    expect(kept).toEqual({
      ...{ client: bank.clientId, partner: 'minjiang-bank', purpose: 'bank-account-opening', until, withdrawnAt: null },
    });
    expect(await standing(world, number)).toEqual({ state: 'given', until });
    expect(world.identity().unannounced).toBeNull();
  });

  it('is given by no check that is for this once', async () => {
    const world = createAskWorld();
    const { session, code, send } = await agreed(world, pickup);
    valueOf(await send(session, code()));
    expect(world.identity().consents).toBeUndefined();
    expect(await standing(world, world.identity().eventCount)).toBeNull();
    expect(await withdraw(world.ports, world.identity().eventCount)).toEqual(NOT_FOUND);
  });

  it('is given by no check at a counter, where the phone does not say until when', async () => {
    const world = createAskWorld();
    setCard(world, { tier: 'full' });
    const { purpose } = accountOpening;
    const body = { purpose, counter: 'Counter 3' };
    const opened = await world.ask(bank, 'POST /counters', { body }, world.ports);
    const session = sessionHandle(opened.body['session'] as string);
    valueOf(await phoneOf(world.ports).claim(session));
    const code = (await consent(world, session, purpose))();
    const sent = { body: { ...body, code }, headers: keyed() };
    const { body: told } = await world.ask(bank, 'POST /verifications', sent, world.ports);
    expect(told).toMatchObject({ purpose, mode: 'bound' });
    expect(world.identity().consents).toBeUndefined();
    expect(await standing(world, world.identity().eventCount)).toBeNull();
    expect(await statusOf(world, told['reference'] as string)).toBe('valid');
  });

  it('ends by itself, is forgotten with the next check, and says so to who would withdraw it', async () => {
    const world = createAskWorld();
    const { number, until } = await lend(world);
    world.clock.advance(until - world.clock.now() - 1);
    expect(await standing(world, number)).toEqual({ state: 'given', until });
    world.clock.advance(1);
    expect(await standing(world, number)).toEqual({ state: 'ended' });
    const told = world.events.all().length;
    const reply = valueOf(await withdraw(world.ports, number));
    expect(reply.standing.consent).toEqual({ state: 'ended' });
    expect(world.events.all()).toHaveLength(told);
    expect(world.identity().consents).toHaveLength(1);
    const { session, code, send } = await agreed(world, pickup);
    valueOf(await send(session, code()));
    expect(world.identity().consents).toEqual([]);
    expect(await standing(world, number)).toEqual({ state: 'ended' });
  });

  it('gives way to later ones of its partner and purpose alone', async () => {
    const world = createAskWorld();
    const first = await lend(world);
    world.change((found) => ({
      ...found,
      consents: [
        ...[...Array(CONSENTS_MOST - 1).keys()].map((at) => ({
          ...{ number: 100 + at, client: bank.clientId, partner: bank.partner.id, withdrawnAt: null },
          ...{ purpose: accountOpening.purpose, until: instant(first.until + 1000 * (at + 1)) },
        })),
        ...(found.consents ?? []).map((one) => ({ ...one, number: 50, partner: 'railway' })),
        ...(found.consents ?? []),
      ].sort((one, other) => one.number - other.number),
    }));
    expect(await statusOf(world, first.reference)).toBe('valid');
    world.clock.advance(DAY_MS);
    const last = await lend(world);
    expect(world.identity().consents).toHaveLength(CONSENTS_MOST + 1);
    expect(world.identity().consents?.filter(({ partner }) => partner === 'railway')).toHaveLength(1);
    expect(await statusOf(world, first.reference)).toBe('unknown');
    expect(await statusOf(world, last.reference)).toBe('valid');
    expect(await standing(world, first.number)).toEqual({ state: 'ended' });
  });
});

describe('of one person', () => {
  const kept = (number: number, partner: string, purpose: PurposeId): LastingConsent => ({
    ...{ number, client: bank.clientId, partner, purpose },
    ...{ until: instant(Date.parse('2030-01-01T00:00:00Z') + number * 1000), withdrawnAt: null },
  });

  it('256 are kept, and the oldest of all gives way', async () => {
    const world = createAskWorld();
    const consents = Array.from({ length: 256 }, (_, at) => kept(100 + at, `partner-${String(at)}`, 'train-ticket'));
    world.change((found) => ({ ...found, consents }));
    const { reference } = await lend(world);
    expect(world.identity().consents).toHaveLength(256);
    expect(world.identity().consents?.[0]?.number).toBe(101);
    expect(await statusOf(world, reference)).toBe('valid');
    expect(validators.ListConsentsReply(valueOf(await listConsents(world.ports, holder)))).toBe(true);
  });

  it('what one partner has for another purpose is withdrawn by itself', async () => {
    const world = createAskWorld();
    const { number, reference } = await lend(world);
    const ticket = kept(number + 1, bank.partner.id, 'train-ticket');
    world.change((found) => ({ ...found, consents: [...(found.consents ?? []), ticket] }));
    const lent = world.ports.referenceTo(world.identity(), bank.partner.id, ticket.until);
    expect(valueOf(await listConsents(world.ports, holder)).consents).toHaveLength(2);
    valueOf(await withdraw(world.ports, number));
    expect([await statusOf(world, reference), await statusOf(world, lent)]).toEqual(['unknown', 'valid']);
  });
});

describe('withdrawing', () => {
  it('ends every reference of that partner for that purpose, and is an entry of the history', async () => {
    const world = createAskWorld();
    const first = await lend(world);
    world.clock.advance(DAY_MS);
    const second = await lend(world, bankApp);
    for (const { reference } of [first, second]) expect(await statusOf(world, reference)).toBe('valid');
    const at = world.clock.now();
    const reply = valueOf(await withdraw(world.ports, first.number));
    expect(validators.StandingReply(reply)).toBe(true);
    expect(reply.standing).toEqual({
      ...{ isReported: false, mayAskDeletion: true, deletion: null, consent: { state: 'withdrawn', at } },
    });
    expect(await standing(world, second.number)).toEqual({ state: 'withdrawn', at });
    for (const { reference } of [first, second]) expect(await statusOf(world, reference)).toBe('unknown');
    const { entries } = valueOf(await listHistory(world.ports, holder, { action: 'listHistory' }));
    expect(entries[0]).toMatchObject({
      ...{ kind: 'consent_withdrawn', check: first.number, partner: bankNames.names, at },
      purpose: 'bank-account-opening',
    });
    expect(entries.every((entry) => validators.HistoryEntry(entry))).toBe(true);
  });

  it('is marked to be announced, again is harmless, and a later consent is untouched by it', async () => {
    const world = createAskWorld();
    const first = await lend(world);
    valueOf(await withdraw(world.ports, first.number));
    const { revision, unannounced } = world.identity();
    expect(unannounced).toMatchObject({ since: revision });
    valueOf(await withdraw(world.ports, first.number));
    expect(world.identity().revision).toBe(revision);
    world.clock.advance(DAY_MS);
    const second = await lend(world);
    valueOf(await withdraw(world.ports, first.number));
    expect(await statusOf(world, second.reference)).toBe('valid');
    expect(await statusOf(world, first.reference)).toBe('unknown');
    expect((await kinds(world)).filter((kind) => kind === 'consent_withdrawn')).toHaveLength(1);
  });

  it('is for whoever gave it', async () => {
    const world = createAskWorld();
    const { number, reference } = await lend(world);
    expect(await withdraw(world.ports, number, other)).toEqual(NOT_FOUND);
    for (const none of [number + 1, 1_000_000]) expect(await withdraw(world.ports, none)).toEqual(NOT_FOUND);
    expect(await statusOf(world, reference)).toBe('valid');
  });

  it('before the answer was fetched leaves the answer, and nothing that lasts', async () => {
    const world = createAskWorld();
    setCard(world, { tier: 'full' });
    const { session, code, send } = await agreed(world, accountOpening);
    valueOf(await send(session, code()));
    valueOf(await withdraw(world.ports, world.identity().eventCount));
    const standingNow = await standingOf(world, session);
    expect(standingNow.kind).toBe('answered');
    expect(await toldOf(world, standingNow)).toEqual({
      ...{ holderName: 'name of data key', lasting: null, verifiedAt: world.identity().card.mintedAt },
    });
    const until = world.identity().consents?.[0]?.until ?? null;
    expect(await statusOf(world, world.ports.referenceTo(world.identity(), bank.partner.id, until))).toBe('unknown');
  });

  it.each(['an answer', 'a query'] as const)(
    'at the same time as %s leaves no permission that was withdrawn',
    async (kind) => {
      const seen = new Set<string>();
      await fc.assert(
        fc.asyncProperty(fc.scheduler(), async (scheduler) => {
          const world = createAskWorld();
          const first = await lend(world);
          world.clock.advance(1000);
          const { session, code } = await agreed(world, accountOpening);
          const ports = interleaved(world.ports, laterAskPorts, scheduler);
          const beside = {
            'an answer': () => phoneOf(ports).answer(session, code()),
            'a query': () => world.ask(bank, `GET /cards/${first.reference}/status`, {}, ports),
          }[kind];
          const [ended] = await scheduler.waitFor(Promise.all([withdraw(ports, first.number), beside()]));
          valueOf(ended);
          expect(await statusOf(world, first.reference)).toBe('unknown');
          const consents = world.identity().consents ?? [];
          expect(consents.find(({ number }) => number === first.number)?.withdrawnAt).toBe(world.clock.now());
          // The new one is withdrawn too, or was given after the withdrawal; both are in the history, in that order.
          const [withdrawal] = world.events.ofKind('consent_withdrawn');
          expect(withdrawal).toMatchObject({ check: first.number });
          if (kind === 'a query') return;
          const [last] = consents.slice(-1);
          seen.add(last?.withdrawnAt === null ? 'after' : 'before');
          const at = await kinds(world);
          expect(at.slice(0, 2)).toEqual(
            last?.withdrawnAt === null ? ['card_checked', 'consent_withdrawn'] : ['consent_withdrawn', 'card_checked'],
          );
        }),
        { numRuns: 40 },
      );
      if (kind === 'an answer') expect([...seen].sort()).toEqual(['after', 'before']);
    },
  );
});

describe('who may ask', () => {
  it('is listed once for a partner and a purpose, and no more once withdrawn', async () => {
    const world = createAskWorld();
    const list = async () => valueOf(await listConsents(world.ports, holder));
    expect(await list()).toEqual({ ok: true, consents: [] });
    await lend(world);
    world.clock.advance(DAY_MS);
    const { number, until } = await lend(world);
    const listed = await list();
    expect(validators.ListConsentsReply(listed)).toBe(true);
    expect(listed.consents).toEqual([{ number, until, partner: bankNames.names, purpose: 'bank-account-opening' }]);
    valueOf(await withdraw(world.ports, number));
    expect(await list()).toEqual({ ok: true, consents: [] });
    expect(await listConsents(world.ports, 'f'.repeat(64) as typeof holder)).toEqual(NOT_FOUND);
  });
});

describe('an institution', () => {
  it('reads how a consent stands by its reference', async () => {
    const world = createAskWorld();
    const { number, reference, until } = await lend(world);
    const given = await consentOf(world, reference);
    expect(given.body).toEqual({ state: 'given', purpose: 'bank-account-opening', until });
    expect((await consentOf(world, reference, bankApp)).body).toEqual(given.body);
    valueOf(await withdraw(world.ports, number));
    const withdrawn = await consentOf(world, reference);
    expect(withdrawn.body).toEqual({ state: 'withdrawn', purpose: 'bank-account-opening', at: world.clock.now() });
    world.clock.advance(until - world.clock.now());
    const ended = await consentOf(world, reference);
    expect(ended.body).toEqual({ state: 'ended', until });
    for (const { body } of [given, withdrawn, ended]) expect(validators.CardConsent(body)).toBe(true);
  });
});
