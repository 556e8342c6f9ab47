import { jwkThumbprint, validators, type ExportDataReply } from '../../../protocol';
import { sha256 } from '../../../cloudfunctions/_adapters/crypto/es256';
import { exportData, EXPORTS_OF_ACCOUNT } from '../../../cloudfunctions/_core/card/export-data';
import { resumeCard, suspendCard } from '../../../cloudfunctions/_core/card/holder-card';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { createLifeWorld, enrolPerson, identityOf, type LifeWorld } from '../../support/life-world';

const account = accountOf(1);
const page = async ({ ports }: LifeWorld, before?: number): Promise<ExportDataReply> => {
  const reply = valueOf(await exportData(ports, account, { action: 'exportData', ...(before && { before }) }));
  expect(validators.ExportDataReply(reply)).toBe(true);
  return reply;
};

describe('the export', () => {
  it('has the person, the card, the consents and every event, and is an event itself', async () => {
    const world = createLifeWorld();
    const key = await enrolPerson(world, account, 1);
    const { person, card } = identityOf(world, account) ?? {};
    const { record, events, next } = await page(world);
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

  it('goes through a long history without losing or repeating an event, and tells the person once', async () => {
    const world = createLifeWorld();
    await enrolPerson(world, account, 1);
    for (let change = 0; change < 60; change += 1) {
      valueOf(await suspendCard(world.ports, account));
      valueOf(await resumeCard(world.ports, account));
    }
    const pages = [await page(world)];
    for (let last = pages[0]; last?.next; last = pages.at(-1)) pages.push(await page(world, last.next));
    const numbers = pages.flatMap(({ events }) => events.map(({ number }) => number));
    const { eventCount = 0 } = identityOf(world, account) ?? {};
    expect(numbers).toEqual(Array.from({ length: eventCount }, (_, at) => eventCount - at));
    expect(pages.map(({ record }) => record !== null)).toEqual(pages.map((_, at) => at === 0));
    expect(eventCount).toBe(2 + 120 + 1);
  });

  it('is nobody else’s, and not had more often than its limit', async () => {
    const world = createLifeWorld();
    await enrolPerson(world, account, 1);
    expect(await exportData(world.ports, accountOf(2), { action: 'exportData' })).toMatchObject({
      error: { code: 'not_found' },
    });
    for (let turn = 0; turn < EXPORTS_OF_ACCOUNT.most; turn += 1) await page(world);
    expect(await exportData(world.ports, account, { action: 'exportData' })).toEqual({
      ok: false,
      error: { code: 'too_many_requests' },
    });
    world.clock.advance(EXPORTS_OF_ACCOUNT.windowMs);
    await page(world);
  });
});
