import { calendarDate, parseIdNumber } from '../../protocol/index';
import type { Faces } from './faces';
import { decodeBase64, type Question } from './question';
import type { Entry, Register } from './register';
import { service, type Outcome, type ResultCode } from './service';
import { scoreOf } from './similarity-scale';

const failed = (code: ResultCode): Outcome => ({ kind: 'result', code, similarity: 0 });

/** The number as the register spells it, or null where it is none. */
export const readNumber = (text: string): string | null => {
  const parsed = parseIdNumber(text, calendarDate(new Date().toISOString().slice(0, 10)));
  return parsed.ok ? parsed.number : null;
};

const samePerson = (name: string, entry: Entry): boolean => name.normalize('NFC') === entry.name.normalize('NFC');

/** The embedding of an entry's portrait, measured once for each set of models; null where the portrait shows no single face. */
export const embeddingOf = async (entry: Entry, register: Register, faces: Faces): Promise<Float32Array | null> => {
  if (entry.measurement?.models === faces.models()) return entry.measurement.embedding;
  const seen = await faces.look(entry.portrait);
  if (seen.kind !== 'face') return null;
  register.keepMeasurement(entry.number, { models: faces.models(), embedding: seen.embedding });
  return seen.embedding;
};

/** Answers one question: do name and number belong together, and is this the face of the register's portrait? */
export const compare = async (question: Question, register: Register, faces: Faces): Promise<Outcome> => {
  if (question.ImageBase64.length > service.imageBase64Max) return failed('FailedOperation.LifePhotoSizeError');
  const picture = decodeBase64(question.ImageBase64);
  if (!picture) return { kind: 'error', code: 'InvalidParameter', message: 'invalid ImageBase64' };
  const number = readNumber(question.IdCard);
  if (number === null) return failed('FailedOperation.IdFormatError');
  const entry = register.find(number);
  if (!entry) return failed('FailedOperation.IdNoExistSystem');
  if (!samePerson(question.Name, entry)) return failed('FailedOperation.IdNameMisMatch');

  const seen = await faces.look(picture);
  switch (seen.kind) {
    case 'faces':
      return failed('FailedOperation.LifePhotoDetectFaces');
    case 'no_face':
      return failed('FailedOperation.LifePhotoDetectNoFaces');
    case 'no_picture':
      return failed('FailedOperation.LifePhotoPoorQuality');
    case 'face': {
      const known = await embeddingOf(entry, register, faces);
      if (!known) return failed('FailedOperation.IdPhotoNoExist');
      const similarity = scoreOf(await faces.similarity(known, seen.embedding));
      const code = similarity >= service.passingMark ? 'Success' : 'FailedOperation.CompareLowSimilarity';
      return { kind: 'result', code, similarity };
    }
  }
};
