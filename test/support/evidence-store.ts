import { fileId, type FileId } from '../../protocol';
import type { Evidence } from '../../cloudfunctions/_core/enrolment/case';
import type { DestroyEvidence, KeepForReview } from '../../cloudfunctions/_core/enrolment/case-ports';

/** Uploaded pictures in memory, each with whatever a test wants a recogniser to see in it. */
export interface EvidenceStore<Picture> {
  readonly upload: (caseId: string, picture: Picture) => FileId;
  readonly see: (file: string) => Picture | undefined;
  readonly destroyEvidence: DestroyEvidence;
  readonly keepForReview: KeepForReview;
  /** All files that exist, a case's or all. */
  readonly files: (caseId?: string) => readonly string[];
}

export const createEvidenceStore = <Picture>(): EvidenceStore<Picture> => {
  const pictures = new Map<string, Picture>();
  let count = 0;
  return {
    upload: (caseId, picture) => {
      count += 1;
      const file = fileId(`cloud://env.bucket/evidence/${caseId}/picture-${count}.jpg`);
      pictures.set(file, picture);
      return file;
    },
    see: (file) => pictures.get(file),
    destroyEvidence: (files) => Promise.resolve(files.filter((file) => pictures.delete(file)).length),
    keepForReview: (id, evidence) => {
      const copies: Evidence[] = [];
      evidence.forEach(({ file, shows }, at) => {
        const picture = pictures.get(file);
        if (picture === undefined) return;
        const copy = fileId(`cloud://env.bucket/review/${id}/${at}`);
        pictures.set(copy, picture);
        copies.push({ file: copy, shows });
      });
      return Promise.resolve(copies);
    },
    files: (caseId) => [...pictures.keys()].filter((file) => caseId === undefined || file.includes(`/${caseId}/`)),
  };
};
