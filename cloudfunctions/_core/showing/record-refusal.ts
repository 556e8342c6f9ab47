import type { CodeFault, PurposeId, ShowingHandle } from '../../../protocol';
import type { Now } from '../ambient-ports';
import {
  changeIdentity,
  nextRevisionOf,
  ROUNDS_OF_OTHERS,
  withEvent,
  type ChangeIdentityPorts,
} from '../card/change-identity';
import type { Identity } from '../card/identity';
import type { LoadIdentityByShowing } from '../card/identity-ports';
import type { Place } from '../happening';

export interface RecordRefusalPorts extends ChangeIdentityPorts {
  readonly now: Now;
  readonly loadIdentityByShowing: LoadIdentityByShowing;
}

/** How many refusals of one showing its holder's history tells: a code that is scanned again and again must not bury the rest. */
const REFUSALS_TOLD = 5;

/** The identity with one refusal more of that showing; null where it has enough of them, or no such showing. */
const counted = (identity: Identity, handle: ShowingHandle): Identity | null => {
  const { showing, lastShowing } = identity;
  if (showing?.handle === handle && showing.state !== 'prepared' && showing.refusals < REFUSALS_TOLD) {
    return nextRevisionOf(identity, { showing: { ...showing, refusals: showing.refusals + 1 } });
  }
  if (lastShowing?.handle === handle && lastShowing.refusals < REFUSALS_TOLD) {
    return nextRevisionOf(identity, { lastShowing: { ...lastShowing, refusals: lastShowing.refusals + 1 } });
  }
  return null;
};

/** Writes down that a genuine code of a showing was not accepted, where and why: its holder's history shows failed looks too. */
export const recordRefusal = async (
  ports: RecordRefusalPorts,
  handle: ShowingHandle,
  refused: { readonly place: Place; readonly purpose: PurposeId; readonly reason: CodeFault },
): Promise<void> => {
  const { purpose, reason } = refused;
  const { partner, shop, terminal } = refused.place;
  await changeIdentity(
    ports,
    () => ports.loadIdentityByShowing(handle),
    (identity) => {
      const next = counted(identity, handle);
      if (!next) return { kind: 'kept', value: null };
      const happening = { kind: 'check_refused', purpose, reason, partner, shop, terminal } as const;
      return { kind: 'changed', next: withEvent(ports.sealEvent, next, { at: ports.now(), happening }), value: null };
    },
    ROUNDS_OF_OTHERS,
  );
};
