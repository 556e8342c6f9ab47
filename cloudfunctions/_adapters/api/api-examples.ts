import { base64urlEncode, createCounterCode, eventId, instant, sessionHandle, utf8Encode } from '../../../protocol';
import type { Said } from './api-schemas';
import type { NamesOf, OperationId } from './operations';

const at = instant(Date.parse('2026-03-10T02:00:00.000Z'));
const session = sessionHandle('Zm9yLWFuLWV4YW1wbGUtMQ');
const id = eventId('0123456789abcdef0123456789abcdef');
const reference = base64urlEncode(new Uint8Array(64).fill(0x5a));
const jwsPart = (content: object): string => base64urlEncode(utf8Encode(JSON.stringify(content)));
/** Of the form of a receipt, and signed by nobody. */
const receipt = `${jwsPart({ alg: 'ES256' })}.${jwsPart({ an: 'example' })}.${base64urlEncode(new Uint8Array(64))}`;

const purpose = 'parcel-pickup';
const counter = 'Counter 3';

/** One example of each order and each reply; nobody is meant. */
export const apiExamples: Said = {
  CardConsent: { state: 'given', purpose: 'bank-account-opening', until: at },
  CardStatus: { status: 'valid', asOf: at },
  CounterOrder: { purpose, counter },
  CounterStanding: { state: 'open', reason: null },
  InstitutionSelf: {
    client_id: 'parcel-servers',
    names: { zh: '云栖路快递驿站', en: 'Yunqi Road Parcel Station' },
    scope: 'verifications',
    grants: [{ purpose, claims: ['masked_name', 'masked_number'], perDay: 2000 }],
  },
  LookOrder: { look: 'same' },
  MadeVerification: {
    ...{ id, counter, purpose, mode: 'shown', tier: 'light', stepUp: [] },
    facts: { redeemedAt: at, status: 'valid', statusAsOf: at },
    claims: ['masked_name'],
    ...{ look: null, receipt },
  },
  OpenedCounter: {
    session,
    code: createCounterCode(session),
    serverTime: at,
    expiresAt: instant(at + 120_000),
  },
  Verification: {
    ...{ id, reference, purpose, mode: 'shown', tier: 'light', stepUp: [] },
    facts: {
      ...{ signatureValidAt: at, codeMadeAt: at, redeemedAt: at },
      ...{ status: 'valid', statusAsOf: at },
    },
    claims: { masked_name: '林**' },
    ...{ portrait: null, matchMark: { word: 17, colour: 3 }, receipt },
  },
  VerificationOrder: {
    code: 'NCFOXN%TS3DH3ZSUZK+.V0ETD%65NL-AH-R6IOO6+IDOEZ',
    purpose,
    claims: ['masked_name'],
    counter,
  },
};

/** What stands in the paths, by operation. */
export const pathExamples: { readonly [Id in OperationId]: Readonly<Record<NamesOf<Id>, string>> } = {
  verifyCode: {},
  readVerification: { id },
  reportLook: { id },
  openCounter: {},
  readCounter: { session },
  readCardStatus: { reference },
  readConsent: { reference },
  describeServer: {},
};
