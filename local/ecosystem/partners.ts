import tcb from '@cloudbase/node-sdk';
import { purposeTable, type Grant, type Names, type PurposeId, type StaffRole } from '../../protocol';
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

const grantsOf = (partner: string): readonly Grant[] => samplePartners.find(({ id }) => id === partner)?.grants ?? [];

/** Registers the sample partners and their staff, as an operator would after approving them. */
export const registerPartners = async (cloud: LocalCloud, secrets: Secrets): Promise<void> => {
  const { envId, secretId, secretKey, serviceUrl } = cloud.credentials;
  const database = tcb.init({ env: envId, secretId, secretKey, serviceUrl }).database();
  const index = createBlindIndex(Buffer.from(secrets.indexKey, 'base64url'));
  for (const { id, names, grants } of samplePartners) {
    await database.collection('partners').doc(id).set({ names, grants, state: 'active' });
  }
  for (const { openId, ...record } of sampleStaff) {
    const account = index.ofAccount({ superApp: 'wechat', appId: LOCAL_APP_ID, openId });
    await database
      .collection('staff')
      .doc(account)
      .set({ ...record, grants: grantsOf(record.partner), state: 'active', partnerState: 'active' });
  }
};
