import {
  createOrderStatement,
  createKeyProof,
  instant,
  jwkThumbprint,
  LIMITED_MS,
  validators,
  type ExportDataReply,
} from '../../../protocol';
import { sha256 } from '../../../cloudfunctions/_adapters/crypto/es256';
import {
  exportData,
  EXPORT_LIFE_MS,
  EXPORTS_OF_ACCOUNT,
  prepareExport,
} from '../../../cloudfunctions/_core/card/export-data';
import { resumeCard, suspendCard } from '../../../cloudfunctions/_core/card/holder-card';
import { stopIdentity } from '../../../cloudfunctions/_core/card/stop-card';
import type { LastingConsent } from '../../../cloudfunctions/_core/consents/consent';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { newKeyPair, type KeyPair } from '../../support/key-pair';
import { createLifeWorld, enrolPerson, identityOf, type LifeWorld } from '../../support/life-world';

const account = accountOf(1);
const prepare = async ({ ports }: LifeWorld): Promise<string> => {
  const reply = valueOf(await prepareExport(ports, account));
  expect(validators.PrepareExportReply(reply)).toBe(true);
  return reply.challenge;
};
const signed = (challenge: string, key: KeyPair, by = key): string =>
  createOrderStatement('export', { challenge, holderKey: key.publicKey, sign: by.sign });
const ask = ({ ports }: LifeWorld, statement: string, before?: number) =>
  exportData(ports, account, { action: 'exportData', statement, ...(before && { before }) });
const page = async (world: LifeWorld, statement: string, before?: number): Promise<ExportDataReply> => {
  const reply = valueOf(await ask(world, statement, before));
  expect(validators.ExportDataReply(reply)).toBe(true);
  return reply;
};
/** The first page under a signature of its own. */
const first = async (world: LifeWorld, key: KeyPair): Promise<ExportDataReply> =>
  page(world, signed(await prepare(world), key));
const refused = (code: string) => ({ ok: false, error: { code } });

describe('the export', () => {
  it('has the person, the card, the consents and every event, and is an event itself', async () => {
    const world = createLifeWorld();
    const key = await enrolPerson(world, account, 1);
    const { person, card } = identityOf(world, account) ?? {};
    const { record, events, next } = await first(world, key);
    expect(record).toMatchObject({
      person: {
        name: person?.name,
        number: person?.number,
        address: person?.address,
        portrait: Buffer.from(person?.portrait ?? []).toString('base64'),
      },
      card: { id: card?.id },
      holderKey: jwkThumbprint(key.publicKey, sha256),
      consents: [
        { subject: 'document', text: '2026-01' },
        { subject: 'face', text: '2026-01' },
      ],
    });
    expect(events.map(({ content }) => (JSON.parse(content) as { kind: string }).kind)).toEqual([
      'data_exported',
      'card_minted',
      'evidence_destroyed',
    ]);
    expect(next).toBeNull();
  });

  it('has who may ask after the card, and who might until it was withdrawn', async () => {
    const world = createLifeWorld();
    const key = await enrolPerson(world, account, 1);
    const found = identityOf(world, account);
    if (!found) throw new Error('nobody has enrolled');
    const given: LastingConsent = {
      ...{ number: 3, client: 'bank-branches', partner: 'minjiang-bank', purpose: 'bank-account-opening' },
      ...{ until: instant(world.clock.now() + 1000), withdrawnAt: null },
    };
    const consents = [given, { ...given, number: 4, withdrawnAt: world.clock.now() }];
    world.identities.put({ ...found, consents });
    expect((await first(world, key)).record?.lastingConsents).toEqual(consents);
  });

  it('goes through a long history without losing or repeating an event, and tells the person once', async () => {
    const world = createLifeWorld();
    const key = await enrolPerson(world, account, 1);
    for (let change = 0; change < 60; change += 1) {
      valueOf(await suspendCard(world.ports, account));
      valueOf(await resumeCard(world.ports, account));
    }
    const statement = signed(await prepare(world), key);
    const pages = [await page(world, statement)];
    for (let last = pages[0]; last?.next; last = pages.at(-1)) pages.push(await page(world, statement, last.next));
    const numbers = pages.flatMap(({ events }) => events.map(({ number }) => number));
    const { eventCount = 0 } = identityOf(world, account) ?? {};
    expect(numbers).toEqual(Array.from({ length: eventCount }, (_, at) => eventCount - at));
    expect(pages.map(({ record }) => record !== null)).toEqual(pages.map((_, at) => at === 0));
    expect(eventCount).toBe(2 + 120 + 1);
  });

  it.each(['kill_code', 'phone_lost'] as const)(
    'is not told to a phone that was reported (%s), nor further pages of it, until the face was shown',
    async (reason) => {
      const world = createLifeWorld();
      const found = await enrolPerson(world, account, 1);
      const statement = signed(await prepare(world), found);
      const { key } = identityOf(world, account) ?? {};
      if (!key) throw new Error('no card');
      valueOf(await stopIdentity(world.ports, key, reason));
      for (const before of [undefined, 2]) {
        expect(await ask(world, statement, before)).toEqual(refused('card_not_active'));
      }
      expect(await prepareExport(world.ports, account)).toEqual(refused('card_not_active'));
      expect(world.events.ofKind('data_exported')).toEqual([]);
      const own = await enrolPerson(world, account, 1);
      const until = world.clock.now() + LIMITED_MS;
      const limited = { ok: false, error: { code: 'card_limited', until } };
      expect(await prepareExport(world.ports, account)).toEqual(limited);
      expect(await ask(world, statement)).toEqual(limited);
      world.clock.advance(LIMITED_MS);
      await first(world, own);
    },
  );

  it.each(['by_holder', 'inquiry', 'obtained_by_fraud', 'document_lost'] as const)(
    'is the holder’s right whatever else has stopped the card (%s)',
    async (reason) => {
      const world = createLifeWorld();
      const own = await enrolPerson(world, account, 1);
      const { key } = identityOf(world, account) ?? {};
      if (!key) throw new Error('no card');
      valueOf(await stopIdentity(world.ports, key, reason));
      await first(world, own);
    },
  );

  it('is nobody else’s, and not had more often than its limit', async () => {
    const world = createLifeWorld();
    const key = await enrolPerson(world, account, 1);
    const statement = signed(await prepare(world), key);
    const stranger = accountOf(2);
    expect(await prepareExport(world.ports, stranger)).toEqual(refused('not_found'));
    expect(await exportData(world.ports, stranger, { action: 'exportData', statement })).toEqual(refused('not_found'));
    for (let turn = 0; turn < EXPORTS_OF_ACCOUNT.most; turn += 1) await page(world, statement);
    expect(await ask(world, statement)).toEqual(refused('too_many_requests'));
    world.clock.advance(EXPORTS_OF_ACCOUNT.windowMs);
    await first(world, key);
  });
});

describe('the chat account alone', () => {
  /** A card, its key, and what whoever has the account alone can have: a challenge. */
  const begun = async () => {
    const world = createLifeWorld();
    const key = await enrolPerson(world, account, 1);
    return { world, key, challenge: await prepare(world) };
  };
  type Begun = Awaited<ReturnType<typeof begun>>;

  it.each<[string, (given: Begun) => string | Promise<string>, string]>([
    ['no statement', () => 'AAAA', 'key_proof_invalid'],
    ['a key of their own', ({ challenge }) => signed(challenge, newKeyPair()), 'key_proof_invalid'],
    [
      'a foreign signature over the right key',
      ({ challenge, key }) => signed(challenge, key, newKeyPair()),
      'key_proof_invalid',
    ],
    [
      'a statement for a challenge before',
      async ({ world, challenge, key }) => {
        await prepare(world);
        return signed(challenge, key);
      },
      'wrong_step',
    ],
    [
      'the order of a deletion',
      ({ challenge, key }) => createOrderStatement('deletion', { challenge, holderKey: key.publicKey, sign: key.sign }),
      'key_proof_invalid',
    ],
    [
      'the key proof of a minting',
      ({ challenge, key }) => createKeyProof({ nonce: challenge, key: key.publicKey, sign: key.sign }),
      'key_proof_invalid',
    ],
    [
      'a statement that is over',
      ({ world, challenge, key }) => {
        world.clock.advance(EXPORT_LIFE_MS);
        return signed(challenge, key);
      },
      'wrong_step',
    ],
  ])('is told nothing with %s, not even a further page, and takes no turn of the holder’s', async (_, make, code) => {
    const given = await begun();
    const statement = await make(given);
    for (const before of [undefined, 2]) {
      expect(await ask(given.world, statement, before)).toEqual(refused(code));
    }
    expect(given.world.turns.filter(({ name }) => name === EXPORTS_OF_ACCOUNT.name)).toEqual([]);
    expect(given.world.events.ofKind('data_exported')).toEqual([]);
  });

  it('is told nothing where nothing was prepared', async () => {
    const world = createLifeWorld();
    const key = await enrolPerson(world, account, 1);
    expect(await ask(world, signed('A'.repeat(22), key))).toEqual(refused('wrong_step'));
  });

  it('is told nothing by the key of the phone before, once the card has moved, nor by a signature from then', async () => {
    const { world, key, challenge } = await begun();
    const statement = signed(challenge, key);
    await page(world, statement);
    const moved = await enrolPerson(world, account, 1);
    world.clock.advance(LIMITED_MS);
    expect(await ask(world, statement, 2)).toEqual(refused('wrong_step'));
    expect(await ask(world, signed(await prepare(world), key))).toEqual(refused('key_proof_invalid'));
    await first(world, moved);
  });

  it('gets no page where the card moves just when it is asked for', async () => {
    const { world, key, challenge } = await begun();
    let isMoved = false;
    const ports = {
      ...world.ports,
      takeTurn: async () => {
        await enrolPerson(world, account, 1);
        isMoved = true;
        return true;
      },
    };
    const statement = signed(challenge, key);
    expect(await exportData(ports, account, { action: 'exportData', statement })).toMatchObject({
      error: { code: 'card_limited' },
    });
    expect([isMoved, world.events.ofKind('data_exported')]).toEqual([true, []]);
  });
});
