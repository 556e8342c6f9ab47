import type { MadeCheck, PartnerReply } from '../../../protocol';
import type { FakePhone } from './fake-wx';

export const MEMBER = 'b'.repeat(32);
export const TOKEN = 'AAECAwQFBgcICQoLDA0ODw';

/** A business as its owner sees it. */
export const partnerReply = (change: Partial<PartnerReply> = {}): PartnerReply => ({
  ok: true,
  partner: 'a'.repeat(32),
  state: 'active',
  reason: null,
  names: { zh: '驿站', en: 'Station' },
  details: {
    names: { zh: '驿站', en: 'Station' },
    creditCode: '91350100M000100Y43',
    category: 'parcel',
    address: '听雨路36号',
    contactRole: 'manager',
  },
  member: MEMBER,
  role: 'owner',
  wanted: [],
  grants: [{ purpose: 'parcel-pickup', claims: ['masked_name'], perDay: 500 }],
  shops: [
    { id: 'yunqi-road', names: { zh: '云栖路店', en: 'Yunqi Road' }, address: '云栖路218号', terminals: ['1', '2'] },
  ],
  ...change,
});

/** The staff: the owner who looks, and a clerk. */
export const staffReply = {
  ok: true,
  staff: [
    { member: 'c'.repeat(32), role: 'clerk', shop: 'yunqi-road', terminal: '1', joinedAt: 1, isSelf: false },
    { member: MEMBER, role: 'owner', shop: null, terminal: null, joinedAt: 0, isSelf: true },
  ],
  invitations: [],
};

export const madeCheck = (change: Partial<MadeCheck> = {}): MadeCheck => ({
  id: 'e'.repeat(32),
  at: 1_795_000_000_500,
  purpose: 'parcel-pickup',
  mode: 'shown',
  tier: 'light',
  shop: 'yunqi-road',
  terminal: '1',
  claims: ['masked_name'],
  stepUp: [],
  receipt: 'a.receipt.signed',
  look: 'same',
  ...change,
});

/** Answers each action by its name, and each published document by its path, with what is given or made of the request. */
export const answerBy = (phone: FakePhone, replies: Readonly<Record<string, unknown>>): void => {
  phone.answer = ({ data }) => {
    const reply = replies[String(data['action'] ?? data['path'])];
    return typeof reply === 'function' ? (reply as (data: object) => unknown)(data) : reply;
  };
};

/** The requests of an action so far. */
export const requestsOf = (phone: FakePhone, action: string): readonly object[] =>
  phone.calls.filter(({ data }) => data['action'] === action).map(({ data }) => data);
