import type { FileId } from '../../../protocol';
import type { Log, Now } from '../ambient-ports';
import { done, refuse, type Result } from '../result';
import type { DownloadPicture, MeasureFace } from './ports';
import { EYE_DISTANCE_MIN, LIVE_MIN, SHARPNESS_MIN } from './thresholds';

/** A selfie that passed every gate of quality. */
export interface CheckedSelfie {
  readonly embedding: Float32Array;
  /** For the authority: JPEG, at most 640 pixels on its longer side, without metadata. */
  readonly jpeg: Uint8Array;
}

export interface CheckSelfiePorts {
  readonly now: Now;
  readonly log: Log;
  readonly downloadPicture: DownloadPicture;
  readonly measureFace: MeasureFace;
}

/**
 * Measures an uploaded selfie and holds it against the gates of `thresholds.ts`.
 * Refuses what is no picture, `no_face`, `several_faces`, `face_too_small`, `picture_blurred`, `not_live`.
 */
export const checkSelfie = async (ports: CheckSelfiePorts, file: FileId): Promise<Result<CheckedSelfie>> => {
  const picture = 'selfie';
  const download = await ports.downloadPicture(file);
  if (download.kind !== 'picture') return refuse(download.kind, { picture });
  const before = ports.now();
  const face = await ports.measureFace(download.bytes);
  if (face.kind === 'fault') return refuse(face.fault, { picture });
  if (face.kind === 'faces') return refuse(face.count === 0 ? 'no_face' : 'several_faces', { picture });
  const { eyeDistance, sharpness, live, embedding, jpeg } = face;
  ports.log({ event: 'SELFIE_MEASURED', eyeDistance, sharpness, live, ms: ports.now() - before });
  if (eyeDistance < EYE_DISTANCE_MIN) return refuse('face_too_small', { picture });
  if (sharpness < SHARPNESS_MIN) return refuse('picture_blurred', { picture });
  if (live < LIVE_MIN) return refuse('not_live', { picture });
  return done({ embedding, jpeg });
};
