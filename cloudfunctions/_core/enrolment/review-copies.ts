import { fileId, type CaseId, type FileId } from '../../../protocol';
import { isEvidenceOf, isWaiting, type Case, type Evidence, type WaitingCase } from './case';
import type { DestroyEvidence, KeepForReview, LoadCase, ReplaceCase } from './case-ports';

/** Where the sealed copy of a case's picture lies. @param at its place among the pictures that came to review */
export const reviewPathOf = (id: CaseId, at: number): string => `review/${id}/${String(at)}`;

type Pictures = Pick<Case, 'id' | 'evidence'>;

/** What was uploaded and has not been destroyed. */
export const originalsOf = ({ id, evidence }: Pictures): readonly Evidence[] =>
  evidence.filter(({ file }) => isEvidenceOf(id, file));

const copiesOf = ({ id, evidence }: Pictures): readonly Evidence[] =>
  evidence.filter(({ file }) => !isEvidenceOf(id, file));

/** The pictures of a case, each once: while they are moved it names the copies and the originals. */
export const picturesOf = (found: Pictures): readonly Evidence[] => {
  const copies = copiesOf(found);
  return copies.length > 0 ? copies : found.evidence;
};

/** Where copies may lie that the case does not name yet: an interrupted call may have written some of them. */
export const unnamedCopiesOf = (found: Pictures): readonly FileId[] =>
  copiesOf(found).length > 0
    ? []
    : found.evidence.map(({ file }, at) =>
        fileId(file.slice(0, file.indexOf('/', 'cloud://'.length) + 1) + reviewPathOf(found.id, at)),
      );

export interface KeepPicturesPorts {
  readonly loadCase: LoadCase;
  readonly replaceCase: ReplaceCase;
  readonly keepForReview: KeepForReview;
  readonly destroyEvidence: DestroyEvidence;
}

/**
 * Gives a waiting case other pictures, over whatever reviewers have said of it meanwhile. Ends: a case has few reviewers, and each
 * speaks once. @returns the case as it is then, or null where it no longer waits
 */
const withPictures = async (
  ports: KeepPicturesPorts,
  waiting: WaitingCase,
  change: (present: WaitingCase) => readonly Evidence[],
): Promise<WaitingCase | null> => {
  let present: Case | null = waiting;
  while (present && isWaiting(present)) {
    const evidence = change(present);
    const isSame = evidence.length === present.evidence.length;
    const next: WaitingCase = { ...present, revision: present.revision + 1, evidence };
    if (isSame) return present;
    if (await ports.replaceCase(present, next)) return next;
    present = await ports.loadCase(waiting.id, waiting.account);
  }
  return null;
};

/**
 * Puts sealed copies in the place of what was uploaded, for as long as the case waits. At every moment the case names all that there is,
 * but for copies that are just being written: those lie where `unnamedCopiesOf` says. So an interrupted call is gone on with by the
 * same one, and where reviewers have decided meanwhile, who knew nothing of the copies, those are destroyed.
 */
export const keepPictures = async (ports: KeepPicturesPorts, waiting: WaitingCase): Promise<void> => {
  const originals = originalsOf(waiting);
  if (originals.length === 0) return;
  const isCopied = copiesOf(waiting).length > 0;
  const copies = isCopied ? [] : await ports.keepForReview(waiting.id, originals);
  const named = await withPictures(ports, waiting, (present) =>
    copiesOf(present).length > 0 || originalsOf(present).length === 0
      ? present.evidence
      : [...copies, ...present.evidence],
  );
  if (!named) {
    // What was uploaded the decided case names, until it is destroyed.
    await ports.destroyEvidence(copies.map(({ file }) => file));
    return;
  }
  await ports.destroyEvidence(originals.map(({ file }) => file));
  await withPictures(ports, named, copiesOf);
};
