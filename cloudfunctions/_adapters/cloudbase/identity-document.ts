import type { AccountKey, IdentityKey } from '../../../protocol';
import type { Erasure } from '../../_core/card/erasure';
import type { Identity, PassAllowance, RedeemedShowing, Showing } from '../../_core/card/identity';
import type { CardStanding } from '../../_core/card/stops';
import type { Unannounced } from '../../_core/consents/unannounced';
import type { Guardian } from '../../_core/guardian/guardian';
import type { SealedKey } from '../../_core/sealed-key';
import type { Untold } from '../../_core/status/untold';

/** A showing with its key as it is spelled. */
export type Stored<Value> = Value extends { key: unknown } ? Omit<Value, 'key'> & { readonly key: string } : Value;

/** An identity as it lies in the collection `identities`: the person sealed, keys as base64url. */
export interface IdentityDocument {
  readonly _id: IdentityKey;
  readonly account: AccountKey;
  readonly revision: number;
  readonly eventCount: number;
  /** Sealed events that may not have been appended yet, sealed once more: they would tie the identity to its events. */
  readonly outbox?: string;
  readonly caseId: Identity['caseId'];
  readonly card: Omit<Identity['card'], 'holderKey' | 'validTo' | 'stops'> & {
    readonly holderKey: string;
    /** What its stops come to, in clear: status lists and figures ask for it. */
    readonly status: CardStanding;
  };
  readonly office: Identity['office'];
  /** What the status lists do not tell yet; absent where they tell all. */
  readonly untold?: Untold;
  /** What institutions were not told of yet; absent where nothing. */
  readonly unannounced?: Unannounced;
  readonly dataKey: SealedKey;
  readonly sealed: string;
  readonly stepUp: {
    /** In clear, so that templates can be counted. */
    readonly hasTemplate: boolean;
    readonly sealed: string;
  };
  /** Absent rather than null: a sparse index leaves out what is absent. */
  readonly showing?: Stored<Showing>;
  readonly lastShowing?: Stored<RedeemedShowing>;
  readonly passes?: PassAllowance;
  readonly acts?: NonNullable<Identity['acts']>;
  /** Sealed: they say whose customer a person is. */
  readonly consents?: string;
  readonly killCodes?: Identity['killCodes'];
  readonly deletion?: NonNullable<Identity['deletion']>;
  readonly dataExport?: NonNullable<Identity['dataExport']>;
  /** Of a child under 14: found by its guardian. */
  readonly guardian?: Guardian;
}

/** What lies in the place of an identity until its deletion is finished: nothing of the person. */
export interface ErasedDocument {
  readonly _id: IdentityKey;
  readonly revision: number;
  readonly erased: Omit<Erasure, 'key'>;
}
