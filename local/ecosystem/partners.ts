import tcb from '@cloudbase/node-sdk';
import { createBlindIndex } from '../../cloudfunctions/_adapters/crypto/blind-index';
import { LOCAL_APP_ID, type LocalCloud } from '../cloud';
import type { Secrets } from './secrets';

/** A member of staff of a sample partner, by the open id that signs in on the merchant's phone. */
export interface SampleStaff {
  readonly openId: string;
  readonly partner: string;
  readonly terminal: string;
}

/** The sample shop's staff. */
export const sampleStaff: readonly SampleStaff[] = [
  { openId: 'oStaffParcelShop01', partner: 'sample-parcel-shop', terminal: 'counter-1' },
  { openId: 'oStaffParcelShop02', partner: 'sample-parcel-shop', terminal: 'counter-2' },
];

/** Registers the sample shop's staff, as an operator would after approving the partner. */
export const registerStaff = async (
  cloud: LocalCloud,
  secrets: Secrets,
  staff: readonly SampleStaff[],
): Promise<void> => {
  const { envId, secretId, secretKey, serviceUrl } = cloud.credentials;
  const database = tcb.init({ env: envId, secretId, secretKey, serviceUrl }).database();
  const index = createBlindIndex(Buffer.from(secrets.indexKey, 'base64url'));
  for (const { openId, partner, terminal } of staff) {
    const account = index.ofAccount({ superApp: 'wechat', appId: LOCAL_APP_ID, openId });
    await database
      .collection('staff')
      .doc(account)
      .set({ partner, terminal, purposes: ['parcel-pickup'], state: 'active' });
  }
};
