import type { Instant, Refusal } from '../../../protocol';
import { unannouncedAfter } from '../consents/unannounced';
import type { AppendEvent, SealEvent } from '../event';
import type { CheckRecord, Happening } from '../happening';
import { done, refuse, type Result } from '../result';
import { untoldAfter } from '../status/untold';
import type { Identity } from './identity';
import type { ReplaceIdentity } from './identity-ports';

export interface ChangeIdentityPorts {
  readonly sealEvent: SealEvent;
  readonly replaceIdentity: ReplaceIdentity;
  readonly appendEvent: AppendEvent;
}

/** The next state of an identity, in one revision more, with the marks that status lists and institutions were not told of it yet. */
export const nextRevisionOf = (
  identity: Identity,
  change: Partial<Omit<Identity, 'revision' | 'untold' | 'unannounced'>>,
): Identity => {
  const revision = identity.revision + 1;
  const next = { ...identity, ...change, revision };
  return {
    ...next,
    untold: untoldAfter(identity, next, revision),
    unannounced: unannouncedAfter(identity, next, revision),
  };
};

/**
 * An identity to which something happened: its event lies in the outbox until it is known to have been appended, so that one write
 * holds both the change and its event.
 */
export const withEvent = (
  sealEvent: SealEvent,
  identity: Identity,
  event: { readonly at: Instant; readonly happening: Happening; readonly check?: CheckRecord },
): Identity => {
  const number = identity.eventCount + 1;
  const sealed = sealEvent(identity, { number, ...event });
  return { ...identity, eventCount: number, outbox: [...identity.outbox, sealed] };
};

/** Appends what lies in the outbox; what is appended already stays as it is. */
export const appendOutbox = async (appendEvent: AppendEvent, { outbox }: Pick<Identity, 'outbox'>): Promise<void> => {
  for (const event of outbox) await appendEvent(event);
};

/** What a use case makes of an identity: a refusal, its value with nothing to change, or its value once the change is written. */
export type Change<Value> =
  | { readonly kind: 'refused'; readonly error: Refusal }
  | { readonly kind: 'kept'; readonly value: Value }
  | { readonly kind: 'changed'; readonly next: Identity; readonly value: Value };

/** How often a call of the holder's may be overtaken by others. */
const ROUNDS = 5;

/**
 * How often a call of anybody else's may be: whoever has the phone can change the card without a pause, and must not outrun who stops it
 * or writes into its history.
 */
export const ROUNDS_OF_OTHERS = 200;

/**
 * Loads an identity, decides, and writes what was decided in one conditional write; where another call came between, what is there
 * then decides anew. Events of calls before that were interrupted are appended first, those of this change after it.
 * Refuses what `decide` refuses, `not_found`, and `wrong_step` where others were always first.
 * @param rounds `ROUNDS_OF_OTHERS` where it is not the holder who calls
 */
export const changeIdentity = async <Value>(
  ports: ChangeIdentityPorts,
  load: () => Promise<Identity | null>,
  decide: (identity: Identity) => Change<Value> | Promise<Change<Value>>,
  rounds = ROUNDS,
): Promise<Result<Value>> => {
  for (let round = 0; round < rounds; round += 1) {
    const found = await load();
    if (!found) return refuse('not_found');
    await appendOutbox(ports.appendEvent, found);
    const change = await decide({ ...found, outbox: [] });
    if (change.kind === 'refused') return { ok: false, error: change.error };
    if (change.kind === 'kept') return done(change.value);
    if (await ports.replaceIdentity(found, change.next)) {
      await appendOutbox(ports.appendEvent, change.next);
      return done(change.value);
    }
  }
  return refuse('wrong_step');
};
