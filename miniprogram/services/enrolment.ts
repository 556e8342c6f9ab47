import { hex, type FileId, type MatchFaceReply, type MintCardReply, type ReadDocumentReply } from '../protocol';
import { Unreachable, uploadPicture } from '../platform/cloud';
import { randomBytes } from '../platform/random';
import { keep } from '../platform/storage';
import { withStorage, type Called } from './call';
import { adoptKeyOfCase, keyForCase, proveKey } from './card-key';
import { matchFace, mintCard, readDocument, startEnrolment } from './holder';

/** Version of the consent texts that the screens show. */
export const CONSENT_TEXT = '2026-11';

/** An enrolment under way on this phone. */
export interface Enrolment {
  readonly caseId: string;
  readonly evidenceFolder: string;
}

/**
 * Begins an enrolment, after the holder has consented to each purpose on a screen of its own.
 * @param keepsTemplate whether the holder has also consented to a face template, without which the card is made as well
 */
export const begin = async (keepsTemplate = false): Promise<Called<Enrolment>> => {
  const subjects = ['document', 'face', ...(keepsTemplate ? (['faceTemplate'] as const) : [])] as const;
  const called = await startEnrolment({ consents: subjects.map((subject) => ({ subject, text: CONSENT_TEXT })) });
  if (!called.ok) return called;
  const { caseId, evidenceFolder } = called.reply;
  return { ok: true, reply: { caseId, evidenceFolder } };
};

/** Uploads a picture under a random name: nobody can guess where it lies. @throws Unreachable where it did not arrive */
export const uploadPictureTo = async (folder: string, filePath: string): Promise<FileId> =>
  uploadPicture(`${folder}/${hex(await randomBytes(16))}.jpg`, filePath);

const unreachable = { ok: false, error: { code: 'unreachable' } } as const;

const uploadAll = async (enrolment: Enrolment, filePaths: readonly string[]): Promise<readonly FileId[] | null> => {
  try {
    return await Promise.all(filePaths.map((filePath) => uploadPictureTo(enrolment.evidenceFolder, filePath)));
  } catch (error) {
    if (error instanceof Unreachable) return null;
    throw error;
  }
};

/** Temporary files of the phone with the two sides. */
export interface SidePictures {
  readonly front: string;
  readonly back: string;
}

/** Uploads the pictures of both sides and has them read. @param onUploaded once they have arrived, before they are read */
export const readSides = async (
  enrolment: Enrolment,
  { front, back }: SidePictures,
  onUploaded: () => void,
): Promise<Called<ReadDocumentReply>> => {
  const [frontFile, backFile] = (await uploadAll(enrolment, [front, back])) ?? [];
  if (!frontFile || !backFile) return unreachable;
  onUploaded();
  return readDocument({ caseId: enrolment.caseId, front: frontFile, back: backFile });
};

/** Uploads the pictures of both sides and has them read. @param front, back temporary files of the phone */
export const submitDocument = (enrolment: Enrolment, front: string, back: string): Promise<Called<ReadDocumentReply>> =>
  readSides(enrolment, { front, back }, () => undefined);

/** Uploads a selfie and has it compared. @param selfie a temporary file of the phone @param onUploaded once it has arrived */
export const submitSelfie = async (
  enrolment: Enrolment,
  selfie: string,
  onUploaded: () => void = () => undefined,
): Promise<Called<MatchFaceReply>> => {
  const [file] = (await uploadAll(enrolment, [selfie])) ?? [];
  if (!file) return unreachable;
  onUploaded();
  return matchFace({ caseId: enrolment.caseId, selfie: file });
};

/** Makes the card's key, proves it and has the card minted; the credential stays on this phone. @param nonce of the matched face */
export const mint = ({ caseId }: Enrolment, nonce: string): Promise<Called<MintCardReply>> =>
  withStorage(async () => {
    const key = await keyForCase(caseId);
    const called = await mintCard({ caseId, proof: proveKey(key, nonce) });
    if (!called.ok) return called;
    // The credential first: while the enrolment's key is pending, the card can be asked for again.
    await keep('credential', called.reply.credential);
    await adoptKeyOfCase(caseId, key);
    return called;
  });
