import { eventId, hex, type ErrorCode } from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import type { AppendEvent } from '../event';
import type { Case } from './case';
import type { DestroyEvidence, ReplaceCase } from './case-ports';

export interface DestroyPorts {
  readonly now: Now;
  readonly randomBytes: RandomBytes;
  readonly destroyEvidence: DestroyEvidence;
  readonly appendEvent: AppendEvent;
}

/** What every state of a case has in common, one revision on. */
export const nextRevision = ({
  id,
  account,
  revision,
  createdAt,
  expiresAt,
  consents,
  tries,
  evidence,
}: Case): Omit<Extract<Case, { state: 'started' }>, 'state'> => ({
  id,
  account,
  revision: revision + 1,
  createdAt,
  expiresAt,
  consents,
  tries,
  evidence,
});

/** Destroys all pictures of a case and leaves an event that says so. */
export const destroyEvidenceOf = async (ports: DestroyPorts, { id, evidence }: Case): Promise<void> => {
  if (evidence.length === 0) return;
  await ports.destroyEvidence(evidence);
  await ports.appendEvent({
    id: eventId(hex(ports.randomBytes(16))),
    at: ports.now(),
    kind: 'evidence_destroyed',
    subject: id,
    files: evidence.length,
  });
};

/**
 * Ends a case as refused: what was read is dropped with it and its pictures are destroyed, first the pictures.
 * Losing the race to another call is no fault: that call has decided.
 */
export const endCase = async (
  ports: DestroyPorts & { readonly replaceCase: ReplaceCase },
  prior: Case,
  reason: ErrorCode,
): Promise<void> => {
  await destroyEvidenceOf(ports, prior);
  await ports.replaceCase(prior, { ...nextRevision(prior), evidence: [], state: 'refused', reason });
};
