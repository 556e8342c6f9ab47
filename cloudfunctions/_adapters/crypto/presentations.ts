import type { Now } from '../../_core/ambient-ports';
import type { CheckPresentation } from '../../_core/asks/answer-ask';
import type { PublicIssuerKeys } from './issuer-keys';

/** Checks presentations of the card's credential: none is accepted until the protocol can verify one. */
export const createCheckPresentation =
  (_issuer: string, _keys: Pick<PublicIssuerKeys, 'published'>, _now: Now): CheckPresentation =>
  () =>
    false;
