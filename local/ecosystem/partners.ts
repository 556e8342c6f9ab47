import { randomBytes } from 'node:crypto';
import tcb from '@cloudbase/node-sdk';
import { operatorRoles, purposeTable } from '../../protocol';
import type { Grant, Names, OperatorRole, PartnerShop, PurposeId, StaffRole } from '../../protocol';
import { createBlindIndex } from '../../cloudfunctions/_adapters/crypto/blind-index';
import { LOCAL_APP_ID, type LocalCloud } from '../cloud';
import type { Secrets } from './secrets';

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

/** The sample partners' staff: two counters of a parcel shop, an internet café, a ticket office and a hotel. */
export const sampleStaff: readonly SampleStaff[] = [
  clerk('oStaffParcelShop01', 'sample-parcel-shop', 'yunqi-road', 'counter-1'),
  clerk('oStaffParcelShop02', 'sample-parcel-shop', 'yunqi-road', 'counter-2'),
  clerk('oStaffInternetCafe1', 'sample-internet-cafe', 'blue-whale', 'desk'),
  clerk('oStaffRailway01', 'sample-railway', 'south-station', 'window-3'),
  clerk('oStaffHotel01', 'sample-hotel', 'tingyu', 'reception'),
];

/** An owner of a sample partner, who works at no terminal. */
const sampleOwner = { openId: 'oOwnerParcelShop', partner: 'sample-parcel-shop' } as const;

/** The issuer's sample operators: two of each role, so that any critical act can be done. */
const sampleOperators: readonly { readonly openId: string; readonly role: OperatorRole }[] = operatorRoles.flatMap(
  (role) => ['1', '2'].map((at) => ({ openId: `oOperator${role.charAt(0).toUpperCase()}${role.slice(1)}${at}`, role })),
);

/** Fictional codes whose check characters hold (GB 32100-2015). */
const creditCodes = ['91330106MA2DEM017U', '91330106MA2DEM025N', '91330106MA2DEM033H', '91330106MA2DEM041C'];

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
export const registerPartners = async (cloud: LocalCloud, secrets: Secrets): Promise<void> => {
  const { envId, secretId, secretKey, serviceUrl } = cloud.credentials;
  const database = tcb.init({ env: envId, secretId, secretKey, serviceUrl }).database();
  const index = createBlindIndex(Buffer.from(secrets.indexKey, 'base64url'));
  const accountOf = (openId: string) => index.ofAccount({ superApp: 'wechat', appId: LOCAL_APP_ID, openId });
  const randomId = (): string => randomBytes(16).toString('hex');
  const put = async (
    collection: string,
    document: { readonly _id: string } & Readonly<Record<string, unknown>>,
  ): Promise<void> => {
    const { data } = (await database.collection(collection).where({ _id: document._id }).get()) as { data: unknown[] };
    if (data.length === 0) await database.collection(collection).add(document);
  };
  const joinedAt = Date.now();
  for (const [at, { id, names, grants }] of samplePartners.entries()) {
    const code = creditCodes[at] ?? '';
    await put('partners', {
      _id: id,
      ...{ revision: 1, state: 'active', reason: null, names, creditCode: code, registered: code, category: 'other' },
      ...{ address: '浙江省杭州市云栖里路218号', contactRole: 'manager', application: null, carriedOut: [] },
      ...{ grants: grants.map((one) => ({ ...one, perDay: PER_DAY })), shops: shopsOf(id) },
    });
  }
  const standingOf = (partner: string) => ({
    ...{ member: randomId(), state: 'active', joinedAt, partnerState: 'active', asOf: 1 },
    grants: samplePartners.find(({ id }) => id === partner)?.grants ?? [],
  });
  for (const { openId, ...record } of sampleStaff) {
    await put('staff', { _id: accountOf(openId), ...record, ...standingOf(record.partner) });
  }
  const { openId, partner } = sampleOwner;
  await put('staff', { _id: accountOf(openId), partner, role: 'owner', ...standingOf(partner) });
  for (const operator of sampleOperators) {
    await put('operators', { _id: accountOf(operator.openId), id: randomId(), role: operator.role, state: 'active' });
  }
};
