import { randomInt } from 'node:crypto';
import type { Resources } from '../../cloudfunctions/resources';

/** How many documents there are to begin with. */
export const CARDS = 100_000;
/** How many documents an owner has: what the indexed query finds. */
export const PER_OWNER = 10;

/** What the bench's server declares. */
export const cardResources: Resources = {
  collections: [
    {
      name: 'cards',
      clientAccess: 'none',
      indexes: [
        { name: 'one_number', keys: { number: 1 }, unique: true, sparse: false },
        { name: 'by_owner', keys: { owner: 1 }, unique: false, sparse: false },
      ],
    },
    { name: 'entries', clientAccess: 'none', indexes: [] },
  ],
  functions: [],
  routes: [],
  timers: [],
  storage: [],
};

const NOTE = 'What stands here makes the document as long as such documents are. '.repeat(4);

/** One document, of about 500 bytes. */
export const card = (number: number) => ({
  number,
  owner: `owner-${String(Math.floor(number / PER_OWNER))}`,
  state: 'issued',
  version: 0,
  issuedAt: new Date(1_790_000_000_000 + number * 1000),
  holder: { name: `Holder ${String(number)}`, city: 'Shenzhen', levels: ['document', 'face', 'fingerprint'] },
  note: NOTE,
});

/** The id of a document of the seed. */
export const cardId = (number: number): string => `card-${String(number).padStart(6, '0')}`;

/** The number of any document of the seed. */
export const anyCard = (): number => randomInt(CARDS);

/** The seed, as lines of a snapshot. */
export function* cardLines(): Generator<string> {
  yield '{"format":"local-cloudbase","version":1}';
  for (let number = 0; number < CARDS; number += 1) {
    const { issuedAt, ...fields } = card(number);
    const document = { _id: cardId(number), ...fields, issuedAt: { $date: issuedAt.toISOString() } };
    yield JSON.stringify({ collection: 'cards', document });
  }
}
