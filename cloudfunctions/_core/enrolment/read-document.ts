import {
  caseId,
  fileId,
  type AccountKey,
  type CalendarDate,
  type FileId,
  type ReadDocumentReply,
  type ReadDocumentRequest,
} from '../../../protocol';
import { done, refuse, type Result } from '../result';
import type { GuardianConsent } from '../guardian/guardian';
import { guardianStepOf } from '../guardian/guardianship';
import { DOCUMENT_TRIES, isEvidenceOf, isOpen, isProofed, mayUseFace, type Case, type Evidence } from './case';
import type { DocumentReadCase, ProofedDocument } from './case';
import type { LoadCase, ReplaceCase } from './case-ports';
import { destroyEvidenceOf, destroyLate, endCase, type DestroyPorts } from './end-case';

export interface ReadDocumentPorts extends DestroyPorts {
  readonly today: () => CalendarDate;
  readonly loadCase: LoadCase;
  readonly replaceCase: ReplaceCase;
  /** Reads and checks two uploaded pictures by the proofing function. */
  readonly readDocumentPictures: (files: {
    readonly front: FileId;
    readonly back: FileId;
  }) => Promise<Result<ProofedDocument>>;
}

/**
 * Counts the try before the costly look, so that parallel calls cannot share one, and destroys the pictures of the try before.
 * The case names each picture until it is destroyed: whatever is interrupted, none is left that nobody knows of.
 * @returns null where another call was first
 */
const spendTry = async (
  ports: ReadDocumentPorts,
  prior: Case,
  sides: { readonly front: FileId; readonly back: FileId },
): Promise<Case | null> => {
  const taken: readonly Evidence[] = [
    { file: sides.front, shows: 'front' },
    { file: sides.back, shows: 'back' },
  ];
  const replaced = prior.evidence.filter(({ file }) => file !== sides.front && file !== sides.back);
  const spent: Case = {
    ...prior,
    revision: prior.revision + 1,
    tries: { ...prior.tries, document: prior.tries.document + 1 },
    evidence: [...replaced, ...taken],
  };
  if (!(await ports.replaceCase(prior, spent))) return null;
  if (replaced.length === 0) return spent;
  await destroyEvidenceOf(ports, { id: prior.id, evidence: replaced });
  const cleared: Case = { ...spent, revision: spent.revision + 1, evidence: taken };
  return (await ports.replaceCase(spent, cleared)) ? cleared : null;
};

/** What a case keeps of a document: no template of the face where its holder has not consented to a comparison. */
const keptOf = (of: Case, document: ProofedDocument): ProofedDocument =>
  mayUseFace(of) ? document : { ...document, portrait: { ...document.portrait, embedding: new Float32Array(0) } };

/** A guardian's consent is for one child: another document, taken in its place, has none. */
const consentFor = (prior: Case, { fields }: ProofedDocument): GuardianConsent | null =>
  'document' in prior && prior.document.fields.number.value === fields.number.value ? prior.guardian : null;

/**
 * Reads both sides of the card: `started` or, for a retake, `documentRead` → `documentRead`.
 * The pictures of an earlier try are destroyed. Refuses `not_found`, `wrong_step`, `too_many_tries` and what the pictures give
 * rise to, with the tries that are left; the last failed try ends the case.
 */
export const readDocument = async (
  ports: ReadDocumentPorts,
  account: AccountKey,
  request: ReadDocumentRequest,
): Promise<Result<ReadDocumentReply>> => {
  const id = caseId(request.caseId);
  const found = await ports.loadCase(id, account);
  if (!found) return refuse('not_found');
  if (!isOpen(found, ports.now()) || isProofed(found)) {
    await destroyLate(ports, found, [request.front, request.back]);
    return refuse('wrong_step');
  }
  if (!isEvidenceOf(id, request.front)) return refuse('file_not_found', { picture: 'front' });
  if (!isEvidenceOf(id, request.back)) return refuse('file_not_found', { picture: 'back' });
  if (found.tries.document >= DOCUMENT_TRIES) return refuse('too_many_tries');

  const files = { front: fileId(request.front), back: fileId(request.back) };
  const spent = await spendTry(ports, found, files);
  if (!spent) return refuse('wrong_step');

  const document = await ports.readDocumentPictures(files);
  const triesLeft = DOCUMENT_TRIES - spent.tries.document;
  if (!document.ok) {
    if (triesLeft === 0) await endCase(ports, spent, document.error.code);
    return refuse(document.error.code, { ...document.error, triesLeft });
  }
  const read: DocumentReadCase = {
    ...spent,
    revision: spent.revision + 1,
    state: 'documentRead',
    document: keptOf(found, document.value),
    guardian: consentFor(spent, document.value),
    readAt: ports.now(),
  };
  if (!(await ports.replaceCase(spent, read))) return refuse('wrong_step');
  const step = guardianStepOf(read, ports.today());
  return done({ ok: true, fields: document.value.fields, ...(step && { guardian: step }) });
};
