import tcb from '@cloudbase/node-sdk';
import type { Names, PurposeId } from '../../protocol';
import { createBlindIndex } from '../../cloudfunctions/_adapters/crypto/blind-index';
import { LOCAL_APP_ID, type LocalCloud } from '../cloud';
import type { Secrets } from './secrets';

/** A sample partner: fictional, as everybody here. */
export interface SamplePartner {
  readonly id: string;
  readonly names: Names;
}

/** The sample partners: a parcel shop and an internet café. */
export const samplePartners: readonly SamplePartner[] = [
  { id: 'sample-parcel-shop', names: { zh: '云栖路快递驿站', en: 'Yunqi Road Parcel Station' } },
  { id: 'sample-internet-cafe', names: { zh: '蓝鲸网咖', en: 'Blue Whale Internet Café' } },
];

/** A member of staff of a sample partner, by the open id that signs in on the merchant's phone. */
export interface SampleStaff {
  readonly openId: string;
  readonly partner: string;
  readonly terminal: string;
  readonly purposes: readonly PurposeId[];
}

/** The sample partners' staff: two counters of a parcel shop, and an internet café. */
export const sampleStaff: readonly SampleStaff[] = [
  { openId: 'oStaffParcelShop01', partner: 'sample-parcel-shop', terminal: 'counter-1', purposes: ['parcel-pickup'] },
  { openId: 'oStaffParcelShop02', partner: 'sample-parcel-shop', terminal: 'counter-2', purposes: ['parcel-pickup'] },
  { openId: 'oStaffInternetCafe1', partner: 'sample-internet-cafe', terminal: 'desk', purposes: ['internet-cafe'] },
];

/** Registers the sample partners and their staff, as an operator would after approving them. */
export const registerPartners = async (cloud: LocalCloud, secrets: Secrets): Promise<void> => {
  const { envId, secretId, secretKey, serviceUrl } = cloud.credentials;
  const database = tcb.init({ env: envId, secretId, secretKey, serviceUrl }).database();
  const index = createBlindIndex(Buffer.from(secrets.indexKey, 'base64url'));
  for (const { id, names } of samplePartners) {
    await database.collection('partners').doc(id).set({ names, state: 'active' });
  }
  for (const { openId, ...record } of sampleStaff) {
    const account = index.ofAccount({ superApp: 'wechat', appId: LOCAL_APP_ID, openId });
    await database
      .collection('staff')
      .doc(account)
      .set({ ...record, state: 'active' });
  }
};
