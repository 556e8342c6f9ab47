import { createReceipt, eventId, type Receipt } from '../../../protocol';
import { eventOf, startAuditor, type Audit, type Auditor } from '../../support/auditor';
import { newKeyPair } from '../../support/key-pair';
import type { PublishedLog } from '../../support/published-log';

let auditor: Auditor;
let log: PublishedLog;
beforeEach(async () => {
  auditor = await startAuditor();
  ({ log } = auditor);
});
afterEach(() => auditor.close());

const audit = (...options: readonly string[]): Promise<Audit> => auditor.audit(...options);
const hold = (count: number, secondsAgo?: number): void => auditor.hold(count, secondsAgo);
const MINUTES = 60;

describe('an event', () => {
  const mine = eventOf({ id: 'e'.repeat(32), at: 1, happening: { kind: 'card_suspended' } });
  const bring = (exported: object = mine.exported): string => {
    return auditor.file('event.json', JSON.stringify(exported));
  };

  it('is found, or is not there yet, which convicts nobody', async () => {
    hold(4, 11 * MINUTES);
    expect((await audit('--event', bring())).code).toBe(2);
    log.commitments[2] = mine.commitment;
    const found = await audit('--event', bring());
    expect(found.said).toContain('leaf 2: it is in the log');
    expect(found.code).toBe(0);
    expect((await audit('--event', bring({ ...mine.exported, content: '{"at":2}' }))).code).toBe(2);
  });

  it('is denied by a lie alone where the log’s own leaves hold it', async () => {
    hold(4);
    log.commitments[2] = mine.commitment;
    log.lies = { '/public/log/inclusion': () => null };
    expect((await audit('--event', bring())).code).toBe(2);
    log.signed.secondsAgo = 11 * MINUTES;
    expect((await audit('--event', bring())).code).toBe(1);
    log.lies = { '/public/log/inclusion': () => ({ leaf: 1, size: 4, proof: [] }) };
    expect((await audit('--event', bring())).code).toBe(1);
  });

  it.each([
    ['a salt of another length', { salt: 'AAAA' }],
    ['a content that is no JSON', { content: 'text' }],
    ['no content', { content: undefined }],
  ])('is asked for again with %s', async (_, change) => {
    hold(1);
    expect((await audit('--event', bring({ ...mine.exported, ...change }))).code).toBe(2);
  });
});

describe('a receipt', () => {
  const id = 'e'.repeat(32);
  const receipt = (change: Partial<Receipt> = {}, key = log.receiptKey, kid = 'receipt-1'): string =>
    createReceipt(
      {
        issuer: log.url,
        eventId: eventId(id),
        issuedAt: Math.floor(Date.now() / 1000),
        codeMadeAt: Math.floor(Date.now() / 1000) - 3,
        partner: 'courier',
        shop: 'yunqi-road',
        terminal: 'counter-1',
        purpose: 'parcel-pickup',
        mode: 'bound',
        tier: 'light',
        claims: ['masked_name'],
        ...change,
      },
      { kid, sign: key.sign },
    );
  const bring = (text: string, exported?: object): readonly string[] => {
    const receipts = ['--receipt', auditor.file('receipt.txt', `${text}\n`)];
    return exported ? [...receipts, '--event', auditor.file('event.json', JSON.stringify(exported))] : receipts;
  };

  it('is the issuer’s, and its event is in the log', async () => {
    hold(3);
    const text = receipt();
    const alone = await audit(...bring(text));
    expect(alone.said).toMatch(/signed by the issuer at .*, for event e{32}/);
    expect(alone.code).toBe(0);
    const { commitment, exported } = eventOf({ id, at: 1, happening: { kind: 'card_checked', receipt: text } });
    expect((await audit(...bring(text, exported))).code).toBe(2);
    log.commitments[1] = commitment;
    expect(await audit(...bring(text, exported))).toMatchObject({ code: 0 });
  });

  it('is refused where another signed it, or under another type, or beside another event', async () => {
    hold(3);
    const other = eventOf({ id, at: 1, happening: { kind: 'card_checked', receipt: receipt({ shop: 'other' }) } });
    log.commitments[1] = other.commitment;
    for (const [text, exported] of [
      [receipt({}, newKeyPair())],
      [receipt({ issuer: 'https://other.example' })],
      [log.checkpoint()],
      ['text'],
      [receipt(), other.exported],
      [receipt(), eventOf({ id: 'f'.repeat(32) }).exported],
    ] as const) {
      const refused = await audit(...bring(text, exported));
      expect(refused.said).toContain('not genuine: ');
      expect(refused.code).toBe(3);
    }
    expect((await audit(...bring(receipt({}, log.receiptKey, 'receipt-0')))).code).toBe(2);
  });
});
