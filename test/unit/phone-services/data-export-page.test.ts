import { parseOrderStatement, type PublicKey } from '../../../protocol';
import { verifySignature } from '../../../cloudfunctions/_adapters/crypto/es256';
import type * as CardKey from '../../../miniprogram/services/card-key';
import { exportedEvent, exportedRecord } from '../../support/exported';
import { newKeyPair } from '../../support/key-pair';
import { giveFiles, type FakeFiles } from './fake-files';
import { givePhone, offer, type FakePhone } from './fake-wx';
import { moves, openPage, startScreens, type OpenPage } from './open-page';
import { CASE, NONCE, refused } from './replies';

const EVENTS = 120;
const PAGE = 50;
let phone: FakePhone;
let files: FakeFiles;
let holderKey: PublicKey;

/** The service with that many events, for whom the card's key has signed. */
const serve = ({ data }: { readonly data: Readonly<Record<string, unknown>> }): unknown => {
  if (data['action'] === 'prepareExport') return { ok: true, challenge: NONCE, expiresAt: 1_795_000_600_000 };
  const statement = parseOrderStatement('export', String(data['statement']));
  const isOrdered = statement?.challenge === NONCE && statement.isSignedBy(holderKey, verifySignature);
  if (!isOrdered) return refused('key_proof_invalid');
  const before = data['before'] as number | undefined;
  const newest = (before ?? EVENTS + 1) - 1;
  const numbers = Array.from({ length: Math.min(PAGE, newest) }, (_, at) => newest - at);
  const oldest = numbers.at(-1) ?? 1;
  return {
    ok: true,
    format: 'wechat-id-export/1',
    madeAt: 1_795_000_000_000,
    record: before === undefined ? exportedRecord : null,
    events: numbers.map(exportedEvent),
    next: oldest > 1 ? oldest : null,
  };
};
const read = async (): Promise<OpenPage> => {
  const page = openPage('packages/card/data-export/data-export');
  await page.tell('onLoad');
  expect(phone.calls).toEqual([]);
  await page.tell('onRead');
  return page;
};

beforeEach(async () => {
  phone = givePhone();
  startScreens();
  files = giveFiles();
  offer({ showToast: () => undefined });
  openPage('packages/card/data-export/data-export');
  const cards = jest.requireActual<typeof CardKey>('../../../miniprogram/services/card-key');
  const key = await cards.keyForCase(CASE);
  await cards.adoptKeyOfCase(CASE, key);
  holderKey = key.publicKey;
  phone.answer = serve;
});

describe('the page of the export', () => {
  it('reads every page, once, and shows what it says', async () => {
    const page = await read();
    expect(page.data).toMatchObject({ state: 'shown', portrait: 'data:image/jpeg;base64,/9j/' });
    expect(phone.calls.map(({ data }) => [data['action'], data['before']])).toEqual([
      ['prepareExport', undefined],
      ['exportData', undefined],
      ['exportData', 71],
      ['exportData', 21],
    ]);
    expect(JSON.stringify(page.data['sections'])).toContain(String(EVENTS));
  });

  it('hands over all of it for programs, and a text for people', async () => {
    const page = await read();
    await page.tell('onData');
    await page.tell('onText');
    expect(files.sent).toEqual(['wechat-id-export.json', 'wechat-id-export.txt']);
    const data = JSON.parse(files.written.get('wechat-id-export.json') ?? '') as { events: { number: number }[] };
    expect(data).toMatchObject({ format: 'wechat-id-export/1', record: exportedRecord });
    expect(data.events.map(({ number }) => number)).toEqual(Array.from({ length: EVENTS }, (_, at) => EVENTS - at));
    expect(files.written.get('wechat-id-export.txt')).toContain(exportedRecord.person.number);
  });

  it('leaves nothing behind', async () => {
    const page = await read();
    await page.tell('onData');
    await page.tell('onText');
    await page.tell('onUnload');
    const { name, number } = exportedRecord.person;
    const left = JSON.stringify([page.data, [...files.written], [...phone.kept]]);
    expect([left.includes(name), left.includes(number), files.written.size]).toEqual([false, false, 0]);
    await page.tell('onData');
    expect(files.written.size).toBe(0);
  });

  it('does not go on for ever where the pages do not go back', async () => {
    phone.answer = ({ data }) =>
      data['action'] === 'exportData' ? { ...(serve({ data }) as object), next: 71 } : serve({ data });
    const page = await read();
    expect([page.data['state'], phone.calls.length]).toEqual(['shown', 3]);
  });

  it.each([
    ['no answer comes for a later page', undefined, 'try-again'],
    ['the card went meanwhile', refused('not_found'), 'start-again'],
    ['it was asked for too often', refused('too_many_requests'), 'home'],
  ])('shows nothing by halves where %s', async (_, answer, next) => {
    phone.answer = (call) => (call.data['before'] === undefined ? serve(call) : answer);
    const page = await read();
    expect(page.data).toMatchObject({ state: 'refused', sections: [], told: { next } });
    phone.answer = serve;
    await page.tell('onNext');
    expect(page.data['state'] === 'shown').toBe(next === 'try-again');
    expect(moves).toEqual(next === 'try-again' ? [] : ['restart /pages/home/home']);
  });

  it('asks for nothing on a phone that never held the card, and says where it is done', async () => {
    phone.kept.clear();
    const page = await read();
    expect(phone.calls).toEqual([]);
    expect(page.data).toMatchObject({ state: 'refused', told: { next: 'enrol-anew' } });
    expect(JSON.stringify(page.data['told'])).toMatch(/24 hours|24 小时/);
    await page.tell('onNext');
    expect(moves).toEqual(['open /packages/enrolment/consent/consent']);
  });

  it('says the same on a phone from which the card has moved', async () => {
    holderKey = newKeyPair().publicKey;
    const page = await read();
    expect(page.data).toMatchObject({ state: 'refused', sections: [], told: { next: 'enrol-anew' } });
  });

  it('says from when it is had on the phone to which the card has just come', async () => {
    phone.answer = () => ({ ok: false, error: { code: 'card_limited', until: 1_795_086_400_000 } });
    const page = await read();
    expect(page.data).toMatchObject({ state: 'refused', told: { next: 'home' } });
    const { details } = page.data['told'] as { details: readonly string[] };
    expect(details).toHaveLength(1);
  });
});
