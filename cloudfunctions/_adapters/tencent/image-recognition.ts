import type { AuthorityAnswer } from '../../_core/enrolment/authority';

/**
 * Tencent Cloud FaceID, `ImageRecognitionV2`: is this picture, under this name and number, the one in the population register?
 * Request `IdCard`, `Name`, `ImageBase64` (JPEG or PNG, at most 3 MB as base64); response `Sim`, `Result`, `Description`.
 * https://www.tencentcloud.com/document/api/1061/79052 and, for the codes, https://cloud.tencent.com/document/product/1007/47911
 */
export const imageRecognition = {
  action: 'ImageRecognitionV2',
  version: '2018-03-01',
  imageBase64Max: 3 * 1024 * 1024,
} as const;

/** What a result code says about the person; every other code says only that there is no answer now. */
type Meaning = 'compared' | 'no_record' | 'no_photo' | 'selfie_unusable';

const meanings: ReadonlyMap<string, Meaning> = new Map([
  ['Success', 'compared'],
  ['FailedOperation.CompareLowSimilarity', 'compared'],
  ['FailedOperation.IdNameMisMatch', 'no_record'],
  ['FailedOperation.IdNoExistSystem', 'no_record'],
  ['FailedOperation.IdFormatError', 'no_record'],
  ['FailedOperation.NameFormatError', 'no_record'],
  ['FailedOperation.IdPhotoNoExist', 'no_photo'],
  // The register's own picture is too poor to compare with; faults of the selfie are named `LifePhoto…`, see below.
  ['FailedOperation.IdPhotoPoorQuality', 'no_photo'],
]);

const similarityOf = (code: string, sim: unknown): number | null => {
  if (typeof sim === 'number' && sim >= 0 && sim <= 100) return sim;
  // This code is itself the verdict "below the passing mark", also where it comes as an error, which has no score.
  return code === 'FailedOperation.CompareLowSimilarity' && sim === undefined ? 0 : null;
};

/**
 * The port's answer for a result code and score, or null where they are none that says anything about the person.
 * @param code `Result` of the response, or the code of its error: the service uses both for the same list
 * @param sim `Sim` of the response, 0 to 100; unchecked
 */
export const answerOf = (code: string, sim: unknown): AuthorityAnswer | null => {
  const meaning = meanings.get(code) ?? (code.startsWith('FailedOperation.LifePhoto') ? 'selfie_unusable' : undefined);
  if (meaning === undefined) return null;
  if (meaning !== 'compared') return { kind: meaning };
  const similarity = similarityOf(code, sim);
  return similarity === null ? null : { kind: 'compared', similarity };
};
