import type { FaceMeasurement, MeasureFace } from '../../../_core/proofing/ports';
import { distance } from '../image/geometry';
import { decodePicture } from '../image/picture';
import { toSharp, type Raster } from '../image/raster';
import { detectFaces } from './detect';
import { alignFace, embedFace } from './embedding';
import { findPoints } from './landmarks';
import { liveProbability } from './liveness';
import { considerableFaces } from './main-face';
import type { FaceModels, LivenessModel } from './models';
import { sharpness } from './sharpness';

/** Longer side at which selfies are looked at: a face at arm's length is then well above the 112 pixels of an aligned one. */
const workingSide = 1280;

/** Longer side and quality of the selfie that the authority gets. */
const forAuthority = { side: 640, quality: 85 } as const;

/** Measures selfies. @param models loads the networks, on the first call */
export function createMeasureFace(models: () => Promise<FaceModels & LivenessModel>): MeasureFace {
  return async (file): Promise<FaceMeasurement> => {
    const decoded = await decodePicture(file, workingSide);
    if (decoded.kind === 'fault') return decoded;
    const { raster, scale } = decoded.picture;
    const { detect, landmarks, embed, liveness } = await models();
    const { main, count } = considerableFaces(await detectFaces(detect, raster), raster);
    if (main === null || count !== 1) return { kind: 'faces', count };
    const points = await findPoints(landmarks, raster, main);
    const aligned = alignFace(raster, points);
    if (aligned === null) return { kind: 'faces', count: 0 };
    return {
      kind: 'face',
      eyeDistance: distance(points.leftEye, points.rightEye) * scale,
      sharpness: sharpness(aligned),
      live: await liveProbability(liveness, raster, main),
      embedding: await embedFace(embed, aligned),
      jpeg: await authorityJpeg(raster),
    };
  };
}

function authorityJpeg(raster: Raster): Promise<Uint8Array> {
  const { side, quality } = forAuthority;
  return toSharp(raster).resize(side, side, { fit: 'inside', withoutEnlargement: true }).jpeg({ quality }).toBuffer();
}
