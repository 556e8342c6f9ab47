import { hex, type FileId, type MatchFaceReply, type ReadDocumentReply, type StartEnrolmentRequest } from '../protocol';
import { Unreachable, uploadPicture } from '../platform/cloud';
import { randomBytes } from '../platform/random';
import type { Called } from './call';
import { matchFace, readDocument, startEnrolment } from './holder';

/** Version of the consent texts that the screens show. */
export const CONSENT_TEXT = '2026-11';

/** An enrolment under way on this phone. */
export interface Enrolment {
  readonly caseId: string;
  readonly evidenceFolder: string;
  /** The holder does not have their face compared: a counter vouches for them. */
  readonly isFaceless?: true;
}

/** What a consent is for. */
type Subject = StartEnrolmentRequest['consents'][number]['subject'];

/**
 * Begins an enrolment, after the holder has consented to each purpose on a screen of its own.
 * @param subjects what was consented to: the document always; without the face the case goes on at a counter
 */
export const begin = async (subjects: readonly Subject[] = ['document', 'face']): Promise<Called<Enrolment>> => {
  const called = await startEnrolment({ consents: subjects.map((subject) => ({ subject, text: CONSENT_TEXT })) });
  if (!called.ok) return called;
  const { caseId, evidenceFolder } = called.reply;
  const faceless = subjects.includes('face') ? {} : ({ isFaceless: true } as const);
  return { ok: true, reply: { caseId, evidenceFolder, ...faceless } };
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
