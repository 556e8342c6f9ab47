import { createRemoteJWKSet, errors, jwtVerify } from 'jose';

/** How old a token may be, in seconds: the provider tries for three days. What was heard is remembered for as long. */
const OLDEST = 4 * 24 * 60 * 60;
/** How far apart this server's clock and the provider's may be, in seconds. */
const CLOCK_TOLERANCE = 30;
/** The longest token that is read, in characters. */
const LONGEST = 8000;

/** What is wrong with a token itself, by the class of the error, and the code of RFC 8935, section 2.4, that says so. */
const faults = [
  [errors.JWSInvalid, 'invalid_request'],
  [errors.JWTInvalid, 'invalid_request'],
  [errors.JWTExpired, 'invalid_request'],
  [errors.JOSEAlgNotAllowed, 'invalid_request'],
  [errors.JWKSNoMatchingKey, 'invalid_key'],
  [errors.JWSSignatureVerificationFailed, 'invalid_key'],
];

/**
 * Why a token is refused, which is for good; null where it is to be sent again. Whatever is not named as the token's own fault is not: most of all
 * that the provider's keys could not be fetched now.
 */
const refusalOf = (error) => {
  if (error instanceof errors.JWTClaimValidationFailed) {
    return { iss: 'invalid_issuer', aud: 'invalid_audience' }[error.claim] ?? 'invalid_request';
  }
  const [, code = null] = faults.find(([fault]) => error instanceof fault) ?? [];
  return code;
};

/** The only event of a token, by the last part of its name, and whom it is about; null where it has none, or several. */
const eventIn = ({ events, sub_id: subject }, issuer) => {
  const [[name, event] = [], ...more] = Object.entries(events ?? {});
  const prefix = `${issuer}/public/events/`;
  if (more.length > 0 || !name?.startsWith(prefix) || typeof event?.card_reference !== 'string') return null;
  if (subject.format !== 'iss_sub' || subject.iss !== issuer) return null;
  return { ...event, kind: name.slice(prefix.length), sub: subject.sub };
};

/**
 * Where the provider tells what became of customers' cards and consents: security event tokens (RFC 8417), pushed (RFC 8935).
 * @param settings.note takes an event, once
 */
export const openInbox = ({ issuer, clientId, jwksUri, note }) => {
  const keys = createRemoteJWKSet(new URL(jwksUri));
  const heard = new Map();
  const expected = { issuer, audience: clientId, typ: 'secevent+jwt', algorithms: ['ES256'] };

  const take = async (token) => {
    const { payload } = await jwtVerify(token, keys, {
      ...expected,
      ...{ maxTokenAge: OLDEST, clockTolerance: CLOCK_TOLERANCE, requiredClaims: ['jti', 'events', 'sub_id'] },
    });
    const now = Date.now() / 1000;
    for (const [id, until] of heard) if (until < now) heard.delete(id);
    // Told again: the answer to the first time was lost.
    if (heard.has(payload.jti)) return { status: 202 };
    const event = eventIn(payload, issuer);
    if (!event) return { status: 400, err: 'invalid_request' };
    note(event);
    heard.set(payload.jti, now + OLDEST + CLOCK_TOLERANCE);
    return { status: 202 };
  };

  return async (request) => {
    if (request.headers['content-type'] !== 'application/secevent+jwt') return { status: 400, err: 'invalid_request' };
    let token = '';
    for await (const part of request) {
      token += part;
      if (token.length > LONGEST) return { status: 400, err: 'invalid_request' };
    }
    try {
      return await take(token);
    } catch (error) {
      const err = refusalOf(error);
      return err === null ? { status: 503 } : { status: 400, err };
    }
  };
};
