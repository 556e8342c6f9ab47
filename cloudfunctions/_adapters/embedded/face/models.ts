import { join } from 'node:path';
import { loadNetwork, type Network } from '../network';

/** What finds and measures a face, on a selfie or on a card. */
export interface FaceModels {
  readonly detect: Network;
  readonly landmarks: Network;
  readonly embed: Network;
}

export interface LivenessModel {
  readonly liveness: Network;
}

/** One thread each: these networks are so small that a second one makes them slower (52 ms against 95 ms a selfie). */
const threads = 1;

/** Loads the face networks. @param folder where their files are */
export async function loadFaceModels(folder: string): Promise<FaceModels> {
  const [detect, landmarks, embed] = await Promise.all(
    ['fr_detect.onnx', 'fr_landmark.onnx', 'fr_feature.onnx'].map((name) =>
      loadNetwork(join(folder, 'face', name), threads),
    ),
  );
  if (detect === undefined || landmarks === undefined || embed === undefined)
    throw new Error('a face model is missing');
  return { detect, landmarks, embed };
}

/** Loads the anti-spoof network. @param folder where its file is */
export async function loadLivenessModel(folder: string): Promise<LivenessModel> {
  return { liveness: await loadNetwork(join(folder, 'face', 'fr_liveness.onnx'), threads) };
}
