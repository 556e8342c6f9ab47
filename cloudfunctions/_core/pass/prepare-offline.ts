import {
  offlinePurposes,
  publicKeyToBase64url,
  purposeTable,
  type AccountKey,
  type Grant,
  type PassKey,
  type PrepareOfflineReply,
  type PurposeId,
} from '../../../protocol';
import type { Now } from '../ambient-ports';
import { done, refuse, type Result } from '../result';
import type { LoadPartners } from '../showing/partner';
import type { LoadStaff } from '../showing/staff';

export interface PrepareOfflinePorts {
  readonly now: Now;
  readonly passKeys: () => ReadonlyMap<string, PassKey>;
  readonly loadStaff: LoadStaff;
  readonly loadPartners: LoadPartners;
}

/** A pass tells all that its purpose allows, whoever reads it: a partner that may hear less may read none. */
const isWhole = ({ purpose, claims }: Grant): boolean =>
  purposeTable[purpose].claims.every((claim) => claims.includes(claim));

const purposesOf = (grants: readonly Grant[]): PurposeId[] =>
  grants
    .filter(({ purpose, ...grant }) => offlinePurposes.includes(purpose) && isWhole({ purpose, ...grant }))
    .map(({ purpose }) => purpose);

/**
 * What a terminal needs to check passes without a network: the service's time, the issuer's keys, and for which purposes it may.
 * Refuses `not_permitted` for who is no staff of an active partner.
 */
export const prepareOffline = async (
  ports: PrepareOfflinePorts,
  account: AccountKey,
): Promise<Result<PrepareOfflineReply>> => {
  const staff = await ports.loadStaff(account);
  if (!staff) return refuse('not_permitted');
  const partner = (await ports.loadPartners([staff.partner])).get(staff.partner);
  if (partner?.state !== 'active') return refuse('not_permitted');
  const keys = [...ports.passKeys().values()].map(({ key, notBefore, notAfter }) => ({
    key: publicKeyToBase64url(key),
    notBefore,
    notAfter,
  }));
  return done({
    ok: true,
    serverTime: ports.now(),
    keys,
    partner: partner.names,
    terminal: staff.terminal,
    purposes: purposesOf(staff.grants),
  });
};
