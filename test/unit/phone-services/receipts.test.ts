import { createReceipt, publicKeyToJwk, type Receipt } from '../../../protocol';
import { hearReceiptKeys, stateOfMadeCheck } from '../../../miniprogram/services/receipts';
import { newKeyPair } from '../../support/key-pair';
import { givePhone, WxFailure, type FakePhone } from './fake-wx';
import { answerBy, madeCheck } from './partner-service';
import { published } from './replies';

const [issuer, stranger] = [newKeyPair(), newKeyPair()];
const PARTNER = 'a'.repeat(32);
const receipt: Receipt = {
  issuer: 'https://issuer.example',
  eventId: 'e'.repeat(32),
  issuedAt: 1_795_000_000,
  codeMadeAt: 1_794_999_990,
  partner: PARTNER,
  shop: 'yunqi-road',
  terminal: '1',
  purpose: 'parcel-pickup',
  mode: 'shown',
  tier: 'light',
  claims: ['masked_name'],
};
const signed = (change: Partial<Receipt> = {}, by = issuer, kid = 'key-1') =>
  madeCheck({ receipt: createReceipt({ ...receipt, ...change }, { kid, sign: by.sign }) });
const jwk = { ...publicKeyToJwk(issuer.publicKey), kid: 'key-1', use: 'sig', alg: 'ES256', nbf: 1, exp: 2_000_000_000 };
const document = { issuer: receipt.issuer, keys: [jwk] };
const KEYS = '/public/receipt-keys';
let phone: FakePhone;

beforeEach(() => {
  phone = givePhone();
  answerBy(phone, { [KEYS]: published(document) });
});

const stateOf = async (check: Parameters<typeof stateOfMadeCheck>[0], partner = PARTNER) =>
  stateOfMadeCheck(check, partner, await hearReceiptKeys());

describe('a receipt on the merchant’s phone', () => {
  it('is called signed where it is, and is about that check of that partner', async () => {
    expect(await stateOf(signed())).toBe('signed');
    expect(await stateOf(signed(), 'b'.repeat(32))).toBe('wrong');
  });

  it.each<[string, Partial<Receipt>]>([
    ['another check', { eventId: 'f'.repeat(32) }],
    ['another shop', { shop: 'other' }],
    ['another terminal', { terminal: '2' }],
    ['another purpose', { purpose: 'age-check' }],
    ['another mode', { mode: 'bound' }],
    ['another tier', { tier: 'full' }],
    ['another time', { issuedAt: 1_795_000_001 }],
    ['more claims', { claims: ['masked_name', 'masked_number'] }],
    ['other claims', { claims: ['name'] }],
    ['another issuer', { issuer: 'https://other.example' }],
  ])('is wrong where it is about %s', async (_, change) => {
    expect(await stateOf(signed(change))).toBe('wrong');
  });

  it('is wrong where it is nobody’s signature, or no receipt at all', async () => {
    expect(await stateOf(signed({}, stranger))).toBe('wrong');
    expect(await stateOf(madeCheck({ receipt: 'a.b.c' }))).toBe('wrong');
  });

  it('is not checked where its key is not known, and a pass has none', async () => {
    expect(await stateOf(signed({}, issuer, 'key-2'))).toBe('unchecked');
    expect(await stateOf(madeCheck({ receipt: null }))).toBe('none');
  });

  it.each([
    ['no answer comes', () => Promise.reject(new WxFailure('fail timeout'))],
    ['the service is in trouble', () => published({ error: 'internal' }, 500)],
    ['one is no point of the curve', () => published({ ...document, keys: [{ ...jwk, x: 'A'.repeat(43) }] })],
    ['the document is another', () => published({ issuer: '', keys: [] })],
    [
      'the phone cannot keep them',
      () => {
        phone.storageFailure = 'getStorage:fail io error';
        return published(document);
      },
    ],
  ])('is never called signed or wrong without keys: %s', async (_, answer) => {
    answerBy(phone, { [KEYS]: answer });
    expect(await stateOf(signed())).toBe('unchecked');
    expect(await stateOf(signed({}, stranger))).toBe('unchecked');
  });

  it('is wrong where the keys are others than this phone knows, whoever signed it', async () => {
    expect(await stateOf(signed())).toBe('signed');
    const other = { ...jwk, ...publicKeyToJwk(stranger.publicKey) };
    answerBy(phone, { [KEYS]: published({ ...document, keys: [other] }) });
    expect(await stateOf(signed({}, stranger))).toBe('wrong');
    answerBy(phone, { [KEYS]: published({ ...document, issuer: 'https://other.example' }) });
    expect(await stateOf(signed({ issuer: 'https://other.example' }))).toBe('wrong');
  });
});
