import type { CaseId, EventId, IdentityKey, Instant, PurposeId } from '../../protocol';
import type { SealedKey } from './sealed-key';

interface EventBase {
  readonly id: EventId;
  readonly at: Instant;
}

/** An event of an enrolment: nobody is known yet, so nothing is to be sealed. */
export type CaseEvent = EventBase & {
  readonly kind: 'evidence_destroyed';
  readonly subject: CaseId;
  readonly files: number;
};

/** An event in the life of a card: what happened is sealed under the identity's own data key. */
export type CardEvent = EventBase & { readonly subject: IdentityKey; readonly dataKey: SealedKey } & (
    | { readonly kind: 'card_minted' | 'card_suspended' | 'card_resumed' }
    | {
        readonly kind: 'card_checked';
        readonly purpose: PurposeId;
        readonly partner: string;
        readonly terminal: string;
      }
  );

/** What happened: an entry of the append-only log. Its subject is a keyed hash or a random id, never a person's datum. */
export type Event = CaseEvent | CardEvent;

/** Appends one event; the same id twice is one event. */
export type AppendEvent = (event: Event) => Promise<void>;
