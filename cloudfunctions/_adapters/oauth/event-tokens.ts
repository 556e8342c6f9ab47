import { createEventToken } from '../../../protocol';
import type { Now } from '../../_core/ambient-ports';
import type { SignNotice } from '../../_core/notices/notice';
import type { IssuerKeys } from '../crypto/issuer-keys';
import type { ReferenceOf } from '../crypto/references';
import { nameForPartner } from './pairwise';

/** What the signer of notices is made of. */
interface EventTokenOptions {
  /** The service's address, without a slash at its end. */
  readonly issuer: string;
  /** The provider's keys, whose public parts its metadata leads to. */
  readonly keys: Pick<IssuerKeys, 'signing'>;
  readonly pairwiseKey: Uint8Array;
  readonly referenceOf: ReferenceOf;
  readonly now: Now;
}

const seconds = (at: number): number => Math.floor(at / 1000);

/** Signs notices as security event tokens, about holders as the partner's ID tokens call them. */
export const createSignNotice =
  ({ issuer, keys, pairwiseKey, referenceOf, now }: EventTokenOptions): SignNotice =>
  (client, { id, queuedAt }, { partner, names, until, happened }) => {
    const { kid, sign } = keys.signing(now());
    return createEventToken({
      ...{ issuer, audience: client, id, issuedAt: seconds(queuedAt), event: happened, kid, sign },
      sub: nameForPartner(pairwiseKey, partner, names.holder),
      cardReference: referenceOf(names, partner, until),
      consentUntil: seconds(until),
      happenedAt: seconds(happened.at),
    });
  };
