import { base64urlEncode, instant, validators } from '../../../protocol';
import { READS_OF_PARTNER } from '../../../cloudfunctions/_core/institutions/counter';
import type { DescribedCaller } from '../../../cloudfunctions/_core/institutions/describe-server';
import type { SealedKey } from '../../../cloudfunctions/_core/sealed-key';
import { LOOK_MS } from '../../../cloudfunctions/_core/showing/report-look';
import { prepareShowing } from '../../../cloudfunctions/_core/showing/open-showing';
import { redeemCode } from '../../../cloudfunctions/_core/showing/redeem-code';
import { accountOf } from '../../support/enrolment-world';
import { valueOf } from '../../support/enrolment-steps';
import {
  bank,
  bankApp,
  createInstitutionWorld,
  keyed,
  problemIn,
  railway,
  type InstitutionWorld,
} from '../../support/institution-world';
import { firstTerminal, holder, scan, setCard, show } from '../../support/showing-world';
import { inStanding } from '../../support/stops';

const PURPOSE = 'parcel-pickup';

interface Told {
  readonly id: string;
  readonly reference: string;
}

const check = async (world: InstitutionWorld, caller: DescribedCaller = bank, key = 1): Promise<Told> => {
  const { code } = await show(world, PURPOSE);
  const body = { code: code(), purpose: PURPOSE, counter: 'Counter 3' };
  const { status, body: told } = await world.ask(caller, 'POST /verifications', { body, headers: keyed(key) });
  expect(status).toBe(200);
  return told as unknown as Told;
};

/** A card that the bank has checked, and how often ports were asked since. */
const checked = async () => {
  const world = createInstitutionWorld();
  const { id, reference } = await check(world);
  const asked: string[] = [];
  const counting =
    <Given extends readonly unknown[], Answer>(name: string, port: (...given: Given) => Answer) =>
    (...given: Given): Answer => {
      asked.push(name);
      return port(...given);
    };
  const { loadCheck, loadIdentity, loadLooks, takeTurn, identityBehind } = world.ports;
  const ports = {
    ...world.ports,
    loadCheck: counting('loadCheck', loadCheck),
    loadIdentity: counting('loadIdentity', loadIdentity),
    loadLooks: counting('loadLooks', loadLooks),
    takeTurn: counting('takeTurn', takeTurn),
    identityBehind: counting('identityBehind', identityBehind),
  };
  /** A read, and which ports it asked. */
  const read = async (line: string, caller = bank) => {
    asked.length = 0;
    const heard = await world.ask(caller, `GET ${line}`, {}, ports);
    return { ...heard, asked: [...asked] };
  };
  const status = (caller = bank, of = reference) => read(`/cards/${of}/status`, caller);
  return { world, id, reference, read, status };
};

/** What an ask leaves: a consent that lasts a minute, and a reference that says so. */
const consented = (world: InstitutionWorld) => {
  const until = instant(Math.floor(world.clock.now() / 1000) * 1000 + 60_000);
  const given = { number: 1, client: bank.clientId, partner: bank.partner.id, purpose: 'train-ticket' } as const;
  world.change((found) => ({ ...found, consents: [{ ...given, until, withdrawnAt: null }] }));
  return { until, reference: world.ports.referenceTo(world.identity(), bank.partner.id, until) };
};

describe('a check that was made', () => {
  it('is read again with facts, receipt and look, and without anything of the person', async () => {
    const { world, id, reference, read } = await checked();
    const at = world.clock.now();
    world.clock.advance(1000);
    const made = {
      ...{ id, counter: 'Counter 3', purpose: PURPOSE, mode: 'shown', tier: 'light', stepUp: [] },
      facts: { redeemedAt: at, status: 'valid', statusAsOf: at },
      claims: ['masked_name', 'masked_number'],
      receipt: `receipt.of.${id}`,
    };
    const first = await read(`/verifications/${id}`);
    expect(first.body).toEqual({ ...made, look: null });
    expect(validators.MadeVerification(first.body)).toBe(true);
    expect(JSON.stringify(first.body)).not.toContain(reference);
    const noted = await world.ask(bank, `POST /verifications/${id}/look`, { body: { look: 'same' } });
    expect(noted.body).toEqual({ look: 'same' });
    expect((await read(`/verifications/${id}`)).body).toEqual({ ...made, look: 'same' });
    expect(world.events.ofKind('look_reported')).toMatchObject([{ check: id, look: 'same' }]);
  });

  it('is that server’s alone: another’s, a terminal’s and none look the same', async () => {
    const { world, id, read } = await checked();
    const none = await read(`/verifications/${'0'.repeat(32)}`);
    expect(problemIn(none)).toBe('not_found');
    for (const caller of [bankApp, railway]) expect(await read(`/verifications/${id}`, caller)).toEqual(none);
    const { code } = await show(world, PURPOSE);
    const { answer } = valueOf(await redeemCode(world.ports, firstTerminal.key, scan(code())));
    const courier = { ...railway, partner: { ...railway.partner, id: 'courier' } };
    expect(await read(`/verifications/${answer.eventId}`, courier)).toEqual(none);
    const namesake = { ...bank, partner: railway.partner };
    expect(await read(`/verifications/${id}`, namesake)).toEqual(none);
    for (const name of ['x', 'A'.repeat(32), `${id}0`, '%24gt'])
      expect((await read(`/verifications/${name}`)).body).toEqual(none.body);
  });

  it('takes one word about its look, from who made it and in time', async () => {
    const { world, id } = await checked();
    const say = (look: string, caller = bank, of = id) =>
      world.ask(caller, `POST /verifications/${of}/look`, { body: { look } });
    for (const caller of [bankApp, railway]) expect(problemIn(await say('same', caller))).toBe('not_found');
    expect(problemIn(await say('same', bank, 'x'))).toBe('not_found');
    expect(problemIn(await say('handsome'))).toBe('request_invalid');
    world.clock.advance(LOOK_MS - 1);
    expect((await say('unsure')).status).toBe(200);
    expect((await say('unsure')).status).toBe(200);
    expect(problemIn(await say('same'))).toBe('wrong_step');
    const { id: other } = await check(world, bank, 2);
    world.clock.advance(LOOK_MS);
    expect(problemIn(await say('same', bank, other))).toBe('wrong_step');
  });
});

describe('a reference', () => {
  it('is the partner’s own: the same at each of its servers, and another at another partner', async () => {
    const { world, reference } = await checked();
    expect((await check(world, bankApp, 2)).reference).toBe(reference);
    expect((await check(world, railway, 3)).reference).not.toBe(reference);
  });

  it.each([
    ['valid', inStanding.valid],
    ['suspended', inStanding.suspended],
    ['revoked', inStanding.revoked],
  ] as const)('tells that the card is %s', async (standing, card) => {
    const { world, status } = await checked();
    setCard(world, card);
    const reply = await status();
    expect(reply.body).toEqual({ status: standing, asOf: world.clock.now() });
    expect(validators.CardStatus(reply.body)).toBe(true);
    expect((await status(bankApp)).body).toEqual(reply.body);
  });

  it('tells that the card has expired', async () => {
    const { world, status } = await checked();
    world.clock.advance(6 * 366 * 24 * 60 * 60 * 1000);
    expect((await status()).body).toMatchObject({ status: 'expired' });
  });

  it('that has an end is unknown from then on, with the same work', async () => {
    const { world, status } = await checked();
    const { until, reference: lent } = consented(world);
    world.clock.advance(until - world.clock.now() - 1);
    const before = await status(bank, lent);
    expect(before.body).toMatchObject({ status: 'valid' });
    world.clock.advance(1);
    const after = await status(bank, lent);
    expect(after.body).toEqual({ status: 'unknown', asOf: until });
    expect({ ...after, body: before.body }).toEqual(before);
    // What a counter was given by a scan has none.
    expect((await status()).body).toMatchObject({ status: 'valid' });
  });

  it('that has an end serves while its consent lives, and is unknown without one, with the same work', async () => {
    const { world, status } = await checked();
    const { until, reference: lent } = consented(world);
    const given = await status(bank, lent);
    expect(given.body).toMatchObject({ status: 'valid' });
    const [consent] = world.identity().consents ?? [];
    if (!consent) throw new Error('none was given');
    const others = [
      [],
      [{ ...consent, withdrawnAt: world.clock.now() }],
      [{ ...consent, partner: 'railway' }],
      [{ ...consent, until: instant(until + 1000) }],
    ];
    for (const consents of others) {
      world.change((found) => ({ ...found, consents }));
      expect(await status(bank, lent)).toEqual({ ...given, body: { status: 'unknown', asOf: world.clock.now() } });
    }
    // Of two that end in the same second, one that lives is enough.
    world.change((found) => ({ ...found, consents: [{ ...consent, withdrawnAt: world.clock.now() }, consent] }));
    expect(await status(bank, lent)).toEqual(given);
  });

  it('goes on leading to the card that takes the first one’s place', async () => {
    const { world, status } = await checked();
    valueOf(await prepareShowing(world.ports, holder));
    setCard(world, { ...inStanding.valid, mintedAt: instant(world.clock.now() + 1) });
    expect((await status()).body).toMatchObject({ status: 'valid' });
  });

  it('that is another’s, forged, or no reference looks like one whose holder has gone, with the same work', async () => {
    const { world, reference, status } = await checked();
    const known = await status();
    const flipped = Buffer.from(reference, 'base64url').map((byte, at) => (at === 20 ? byte ^ 1 : byte));
    const foreign = [
      await status(railway),
      await status(bank, base64urlEncode(flipped)),
      await status(bank, 'A'.repeat(86)),
      await status(bank, 'A'.repeat(200)),
      await status(bank, 'x'),
      await status(bank, '{"$gt":""}'),
      // The same bytes in another spelling.
      await status(bank, `${reference}==`),
    ];
    // Its holder deletes the account, and enrols again as somebody new.
    world.change((found) => ({ ...found, account: accountOf(5), dataKey: 'another data key' as SealedKey }));
    const gone = await status();
    for (const one of [...foreign, gone]) {
      expect(one.body).toEqual({ status: 'unknown', asOf: world.clock.now() });
      expect({ ...one, body: known.body }).toEqual(known);
    }
    expect(known.asked).toEqual(['takeTurn', 'identityBehind', 'loadIdentity']);
    world.identities.remove(world.identity());
    expect(await status()).toEqual(gone);
  });

  it('whose consent is asked for looks the same where there is none, with the same work', async () => {
    const { world, reference, read } = await checked();
    const { until, reference: lent } = consented(world);
    const of = (one: string, caller = bank) => read(`/consents/${one}`, caller);
    const given = await of(lent);
    expect(given.body).toEqual({ state: 'given', purpose: 'train-ticket', until });
    const none = await of('A'.repeat(86));
    expect(problemIn(none)).toBe('not_found');
    expect(none.asked).toEqual(['takeTurn', 'identityBehind', 'loadIdentity']);
    expect(given.asked).toEqual(none.asked);
    // A counter's, another partner's, spellings that are none, and one whose consent gave way.
    for (const one of [reference, 'x', '{"$gt":""}', `${lent}==`]) expect(await of(one)).toEqual(none);
    expect(await of(lent, railway)).toEqual(none);
    world.change((found) => ({ ...found, consents: [] }));
    expect(await of(lent)).toEqual(none);
    // When one has ended, the reference says by itself.
    world.clock.advance(until - world.clock.now());
    expect((await of(lent)).body).toEqual({ state: 'ended', until });
    world.change((found) => ({ ...found, dataKey: 'another data key' as SealedKey }));
    expect(await of(lent)).toEqual(none);
  });

  it('is counted', async () => {
    const { world, reference, status, read } = await checked();
    for (let turn = 0; turn < READS_OF_PARTNER.most; turn += 1)
      await world.ports.takeTurn(READS_OF_PARTNER, { kind: 'partner', partner: 'minjiang-bank' });
    expect(problemIn(await status())).toBe('too_many_requests');
    expect(problemIn(await read(`/consents/${reference}`))).toBe('too_many_requests');
    expect((await status(railway)).status).toBe(200);
  });
});
