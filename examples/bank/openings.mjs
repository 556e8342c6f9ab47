import { randomInt, randomUUID } from 'node:crypto';

/** How many openings are remembered; the oldest is forgotten first. */
const MOST = 200;

/** An account number of this bank's own, from nothing that the customer told. */
const accountNumber = () =>
  `6200 ${Array.from({ length: 3 }, () => String(randomInt(10_000)).padStart(4, '0')).join(' ')}`;

/** What the bank writes down of a verified answer, and what of it the teller sees. */
const accountOf = ({ sub, verified_claims: { verification, claims }, amr, card_reference: reference }) => ({
  number: accountNumber(),
  openedAt: Date.now(),
  sub,
  customer: claims,
  level: verification.assurance_level,
  proofs: amr ?? [],
  verification: verification.verification_process ?? null,
  reference: reference ?? null,
  news: null,
});

/**
 * The accounts that are being opened at this bank's counter, in memory: a real bank's books are no part of this example.
 * @param provider what `connect` made
 */
export const openBooks = (provider) => {
  const openings = new Map();
  /** Writes an opening down. Its revision counts what has become of it, so that a page knows whether it is the newest. */
  const put = (opening) => openings.set(opening.id, { ...opening, revision: (opening.revision ?? 0) + 1 });

  const settle = async (id, answer) => {
    const said = await answer;
    const before = openings.get(id);
    if (before?.state !== 'asking') return;
    put(
      said.ok
        ? { ...before, state: 'opened', account: accountOf(said.told) }
        : { ...before, state: 'refused', code: said.code, reason: said.reason },
    );
  };

  return {
    /** Begins one. @param number nine digits, or null to have the customer scan */
    begin: async (number) => {
      const abort = new AbortController();
      const id = randomUUID();
      const asked = await provider.ask(number, abort.signal);
      for (const [oldest] of openings) if (openings.size >= MOST) openings.delete(oldest);
      if (!asked.ok) {
        put({ id, state: 'refused', code: asked.code, reason: asked.reason });
        return id;
      }
      const { answer, ...shown } = asked.shown;
      put({ id, state: 'asking', ...shown, cancel: () => abort.abort() });
      void settle(id, answer);
      return id;
    },
    find: (id) => openings.get(id) ?? null,
    /** The teller gives up: what the customer says later is not taken. */
    cancel: (id) => {
      const opening = openings.get(id);
      if (opening?.state !== 'asking') return;
      opening.cancel();
      put({ ...opening, state: 'refused', code: 'cancelled', reason: '' });
    },
    /** What the provider tells of a card, or of a consent to ask after it. */
    note: (event) => {
      for (const opening of openings.values()) {
        const { reference, sub } = opening.account ?? {};
        if (sub !== event.sub || reference !== event.card_reference) continue;
        put({ ...opening, account: { ...opening.account, news: event } });
      }
    },
    opened: () => [...openings.values()].filter(({ state }) => state === 'opened').reverse(),
  };
};
