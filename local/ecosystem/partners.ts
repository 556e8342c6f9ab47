import { randomBytes } from 'node:crypto';
import { operatorRoles, purposeTable } from '../../protocol';
import type { Grant, Names, OperatorRole, PartnerShop, PurposeId, StaffRole } from '../../protocol';
import { createBlindIndex } from '../../cloudfunctions/_adapters/crypto/blind-index';
import { LOCAL_APP_ID } from '../cloud';
import type { Secrets } from './secrets';
import type { Seed } from './seeder';

/** A sample partner: fictional, as everybody here. */
export interface SamplePartner {
  readonly id: string;
  readonly names: Names;
  readonly grants: readonly Grant[];
}

const grant = (...purposes: readonly PurposeId[]): readonly Grant[] =>
  purposes.map((purpose) => ({ purpose, claims: purposeTable[purpose].claims }));

/** The sample partners: from a parcel shop to a bank. */
export const samplePartners: readonly SamplePartner[] = [
  {
    id: 'sample-parcel-shop',
    names: { zh: '云栖路快递驿站', en: 'Yunqi Road Parcel Station' },
    grants: grant('parcel-pickup', 'age-check'),
  },
  {
    id: 'sample-internet-cafe',
    names: { zh: '蓝鲸网咖', en: 'Blue Whale Internet Café' },
    grants: grant('internet-cafe', 'age-check'),
  },
  {
    id: 'sample-railway',
    names: { zh: '江南城际铁路售票处', en: 'Jiangnan Intercity Ticket Office' },
    grants: grant('train-ticket'),
  },
  { id: 'sample-hotel', names: { zh: '听雨楼酒店', en: 'Tingyu Hotel' }, grants: grant('hotel-check-in') },
  {
    id: 'sample-examination',
    names: { zh: '云栖考试中心', en: 'Yunqi Examination Centre' },
    grants: grant('exam-entry'),
  },
  {
    id: 'sample-bank',
    names: { zh: '江南城市银行云栖支行', en: 'Jiangnan City Bank, Yunqi Branch' },
    grants: grant('bank-account-opening'),
  },
];

/** A member of staff of a sample partner, by the open id that signs in on the merchant's phone. */
export interface SampleStaff {
  readonly openId: string;
  readonly partner: string;
  readonly shop: string;
  readonly terminal: string;
  readonly role: StaffRole;
}

const clerk = (openId: string, partner: string, shop: string, terminal: string): SampleStaff => ({
  openId,
  partner,
  shop,
  terminal,
  role: 'clerk',
});

/** The sample partners' staff: two counters of a parcel shop, an internet café, a ticket office, a hotel, an examination centre, a bank. */
export const sampleStaff: readonly SampleStaff[] = [
  clerk('oStaffParcelShop01', 'sample-parcel-shop', 'yunqi-road', 'counter-1'),
  clerk('oStaffParcelShop02', 'sample-parcel-shop', 'yunqi-road', 'counter-2'),
  clerk('oStaffInternetCafe1', 'sample-internet-cafe', 'blue-whale', 'desk'),
  clerk('oStaffRailway01', 'sample-railway', 'south-station', 'window-3'),
  clerk('oStaffHotel01', 'sample-hotel', 'tingyu', 'reception'),
  clerk('oStaffExamination1', 'sample-examination', 'yunqi-hall', 'gate-2'),
  clerk('oStaffBank01', 'sample-bank', 'yunqi-branch', 'counter-5'),
];

/** An owner of a sample partner, who works at no terminal. */
export const sampleOwner = { openId: 'oOwnerParcelShop', partner: 'sample-parcel-shop' } as const;

/** A sample operator of the issuer, by the open id that signs in. */
interface SampleOperator {
  readonly openId: string;
  readonly role: OperatorRole;
  /** Which one of the role. */
  readonly at: 1 | 2 | 3;
}

/**
 * The issuer's sample operators: two of each role, so that any critical act can be done, and a third reviewer, so that two are left to
 * accept a case that one has refused.
 */
export const sampleOperators: readonly SampleOperator[] = operatorRoles.flatMap((role) =>
  (role === 'reviewer' ? ([1, 2, 3] as const) : ([1, 2] as const)).map((at) => ({
    openId: `oOperator${role.charAt(0).toUpperCase()}${role.slice(1)}${at}`,
    role,
    at,
  })),
);

/** Fictional codes whose check characters hold (GB 32100-2015). */
const creditCodes = [
  '91330106MA2DEM017U',
  '91330106MA2DEM025N',
  '91330106MA2DEM033H',
  '91330106MA2DEM041C',
  '91330106MA2DEM05X4',
  '91330106MA2DEM0684',
];

/** The terminals of a sample partner's staff, by shop. */
const shopsOf = (partner: string): readonly PartnerShop[] => {
  const staff = sampleStaff.filter((one) => one.partner === partner);
  const names = samplePartners.find(({ id }) => id === partner)?.names ?? { zh: partner, en: partner };
  return [...new Set(staff.map(({ shop }) => shop))].map((id) => ({
    id,
    names,
    address: '浙江省杭州市云栖里路218号',
    terminals: staff.filter(({ shop }) => shop === id).map(({ terminal }) => terminal),
  }));
};

/** How many checks a day a sample partner may make for a purpose. */
const PER_DAY = 2000;

/** Registers the sample partners, their staff and the operators, as if operators had approved them; what is there already stays. */
export const registerPartners = async (seed: Seed, secrets: Secrets): Promise<void> => {
  const index = createBlindIndex(Buffer.from(secrets.indexKey, 'base64url'));
  const accountOf = (openId: string) => index.ofAccount({ superApp: 'wechat', appId: LOCAL_APP_ID, openId });
  const randomId = (): string => randomBytes(16).toString('hex');
  const joinedAt = Date.now();
  const partners = samplePartners.map(({ id, names, grants }, at) => {
    const code = creditCodes[at] ?? '';
    return {
      _id: id,
      ...{ revision: 1, state: 'active', reason: null, names, creditCode: code, registered: code, category: 'other' },
      ...{ address: '浙江省杭州市云栖里路218号', contactRole: 'manager', application: null, carriedOut: [] },
      ...{ grants: grants.map((one) => ({ ...one, perDay: PER_DAY })), shops: shopsOf(id) },
    };
  });
  const standingOf = (partner: string) => ({
    ...{ member: randomId(), state: 'active', joinedAt, partnerState: 'active', asOf: 1 },
    grants: samplePartners.find(({ id }) => id === partner)?.grants ?? [],
  });
  const clerks = sampleStaff.map(({ openId, ...record }) => ({
    _id: accountOf(openId),
    ...record,
    ...standingOf(record.partner),
  }));
  const { openId, partner } = sampleOwner;
  const owner = { _id: accountOf(openId), partner, role: 'owner', ...standingOf(partner) };
  const operators = sampleOperators.map(({ openId: signsIn, role }) => ({
    _id: accountOf(signsIn),
    ...{ id: randomId(), role, state: 'active' },
  }));
  await seed('partners', partners);
  await seed('staff', [...clerks, owner]);
  await seed('operators', operators);
};
