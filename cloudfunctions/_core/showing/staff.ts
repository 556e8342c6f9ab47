import type { AccountKey, PurposeId } from '../../../protocol';

/** A member of a partner's staff at a terminal, and the purposes that the partner is registered for. */
export interface Staff {
  readonly key: AccountKey;
  readonly partner: string;
  readonly terminal: string;
  readonly purposes: readonly PurposeId[];
}

/** The active staff record of that account. */
export type LoadStaff = (account: AccountKey) => Promise<Staff | null>;
