import type { InstitutionJwk, ListActsReply, ListInstitutionsReply } from '../../../protocol';

const HOUR = 3_600_000;

/** Servers of a bank: one in the middle of a change of keys, and one that has ended. */
export const servers: ListInstitutionsReply = {
  ok: true,
  names: { zh: '闽江银行', en: 'Minjiang Bank' },
  isActive: true,
  institutions: [
    {
      client: 'bank-branches',
      use: 'live',
      state: 'ended',
      keys: [{ kid: '2025', thumbprint: 'z1UqTf6cRj8WbM4xEoN2kSvY9hLd3gAp7iKt5nXwZuQ' }],
      redirectUris: [],
      events: null,
    },
    {
      client: 'bank-app',
      use: 'live',
      state: 'active',
      keys: [
        { kid: '2026', thumbprint: 'q3GkZ0uYvX4pTn1LwR8sJd7fHc2aBe5mKo9iVy6xU_E' },
        { kid: '2027', thumbprint: 'Wm8tRb2yNcL5hQxZ7vKj1sPfD4gA0eUo3iTz6lYrXwM' },
      ],
      redirectUris: ['https://app.minjiang-bank.example/back', 'https://tills.minjiang-bank.example/back'],
      events: { url: 'https://events.minjiang-bank.example/card' },
    },
  ],
};

/** A key of the example of RFC 7517, appendix A.1. */
const exampleJwk: InstitutionJwk = {
  ...{ kty: 'EC', crv: 'P-256', kid: '2028' },
  x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
  y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
};

/** What a bank's developer sends as the public keys of a server. */
export const pastedKeys = JSON.stringify({ keys: [{ ...exampleJwk, use: 'sig', alg: 'ES256' }] }, null, 2);

/** A server that one operator wants to register. */
export const registrationAct = (now: number): ListActsReply['acts'][number] => ({
  proposal: 'a'.repeat(32),
  kind: 'register_institution',
  target: {
    partner: 'minjiang-bank',
    client: 'bank-tills',
    use: 'live',
    keys: [exampleJwk],
    redirectUris: ['https://tills.minjiang-bank.example/back'],
    events: { url: 'https://events.minjiang-bank.example/card' },
  },
  reason: 'contract_seen',
  hash: 'd4'.repeat(32),
  proposedAt: now - HOUR / 2,
  proposedBy: '3f9ac2'.padEnd(32, '0'),
  isOwn: false,
});
