import type { ErrorCode, FileId } from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import type { AppendEvent, MakeOpenEvent } from '../event';
import { isEvidenceOf, isProofed, isUndecided, type Case } from './case';
import type { DestroyEvidence, LoadCase, ReplaceCase } from './case-ports';
import { picturesOf } from './review-copies';

export interface DestroyPorts {
  readonly now: Now;
  readonly randomBytes: RandomBytes;
  readonly destroyEvidence: DestroyEvidence;
  readonly makeOpenEvent: MakeOpenEvent;
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
  outbox,
}: Case): Omit<Extract<Case, { state: 'started' }>, 'state'> => ({
  id,
  account,
  revision: revision + 1,
  createdAt,
  expiresAt,
  consents,
  tries,
  evidence,
  outbox,
});

const recordDestruction = async (ports: DestroyPorts, id: Case['id'], files: number): Promise<void> => {
  const happening = { kind: 'evidence_destroyed', case: id, files } as const;
  await ports.appendEvent(ports.makeOpenEvent({ at: ports.now(), happening }));
};

/**
 * Destroys the pictures that a case names and leaves an event that says so: of all of them, since a call before this one may have
 * destroyed some and been interrupted before its event.
 * @param besides files that the case does not name, and that are none of its pictures' only place
 */
export const destroyEvidenceOf = async (
  ports: DestroyPorts,
  found: Pick<Case, 'id' | 'evidence'>,
  besides: readonly FileId[] = [],
): Promise<void> => {
  if (found.evidence.length === 0) return;
  await ports.destroyEvidence([...found.evidence.map(({ file }) => file), ...besides]);
  await recordDestruction(ports, found.id, picturesOf(found).length);
};

/**
 * Destroys pictures that no deciding call will come to destroy: those of a case whose time is up, which ends with them, and those
 * that were uploaded after the decision. A case in review is left alone, since its pictures may just be on their way to the reviewer.
 */
export const destroyLate = async (
  ports: DestroyPorts & { readonly replaceCase: ReplaceCase },
  found: Case,
  files: readonly string[],
): Promise<void> => {
  const isTimedOut = isUndecided(found) && found.expiresAt <= ports.now();
  if (isTimedOut) {
    await destroyEvidenceOf(ports, found);
    await ports.replaceCase(found, { ...nextRevision(found), evidence: [], state: 'expired' });
  }
  const isOver = found.state === 'minted' || found.state === 'refused' || found.state === 'expired';
  if (!isOver && !isTimedOut && !isProofed(found)) return;
  const own = files.filter((file): file is FileId => isEvidenceOf(found.id, file));
  // The case names none of these; the caller may have made the names up, and nothing is told of files that never were.
  const destroyed = own.length === 0 ? 0 : await ports.destroyEvidence(own);
  if (destroyed > 0) await recordDestruction(ports, found.id, destroyed);
};

/**
 * Ends a case as refused: what was read is dropped with it and its pictures are destroyed, first the pictures.
 * Another call may have written meanwhile, for one that has counted a try of its own: the end is then written on top of that, or a
 * final word could be dodged by calling twice. A case that is over already stays as it is.
 */
export const endCase = async (
  ports: DestroyPorts & { readonly loadCase: LoadCase; readonly replaceCase: ReplaceCase },
  prior: Case,
  reason: ErrorCode,
): Promise<void> => {
  let present: Case | null = prior;
  // Ends: whoever was first has spent one of the case's few tries, or has decided.
  while (present && isUndecided(present)) {
    await destroyEvidenceOf(ports, present);
    const refused = { ...nextRevision(present), evidence: [], state: 'refused', reason } as const;
    if (await ports.replaceCase(present, refused)) return;
    present = await ports.loadCase(prior.id, prior.account);
  }
};
