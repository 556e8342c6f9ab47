import type { Sign } from '../crypto';
import type { JsonObject } from '../credential/json';
import { createJws } from '../jws/compact-jws';
import { securityEventToken } from '../spec/rfc8417';
import type { CardStatus } from '../wire/institution';

/** The path below which the kinds of events have their names. */
const EVENTS_PATH = '/public/events/';

/** What of a holder's card or consent a partner's server is told of. */
export type TokenEvent =
  | { readonly kind: 'consent-withdrawn' }
  | { readonly kind: 'card-status-changed'; readonly status: CardStatus['status'] };

/** What an event token says: of whom, by the partner's own names of them, and what. */
export interface EventTokenContent {
  /** The service's address, without a slash at its end. */
  readonly issuer: string;
  /** The client id of the server that it is for. */
  readonly audience: string;
  readonly id: string;
  /** In seconds since 1970, as are all times of it. */
  readonly issuedAt: number;
  /** The `sub` of the holder's ID tokens at this partner. */
  readonly sub: string;
  readonly cardReference: string;
  readonly consentUntil: number;
  readonly event: TokenEvent;
  readonly happenedAt: number;
}

/**
 * A signed security event token (RFC 8417), ES256, with one event and its subject as an `iss_sub` (RFC 9493, section 3.2.1).
 * @param content.kid name of the provider's key that signs
 */
export const createEventToken = (
  content: EventTokenContent & { readonly kid: string; readonly sign: Sign },
): string => {
  const { issuer: iss, event, kid, sign } = content;
  const payload: JsonObject = {
    iss,
    aud: content.audience,
    iat: content.issuedAt,
    jti: content.id,
    sub_id: { format: 'iss_sub', iss, sub: content.sub },
    events: {
      [`${iss}${EVENTS_PATH}${event.kind}`]: {
        card_reference: content.cardReference,
        consent_until: content.consentUntil,
        ...(event.kind === 'card-status-changed' && { status: event.status }),
        event_timestamp: content.happenedAt,
      },
    },
  };
  return createJws({ typ: securityEventToken.typ, kid, payload, sign });
};
