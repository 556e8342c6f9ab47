import { join } from 'node:path';
import { loadNetwork, type Network } from '../network';
import { loadAlphabet, type Alphabet } from './alphabet';

/** What reads print. */
export interface OcrModels {
  readonly detect: Network;
  readonly recognise: Network;
  readonly orientation: Network;
  readonly alphabet: Alphabet;
}

/** Two threads make these faster: 166 ms against 276 ms a side. */
const threads = 2;

/** Loads the networks that read print. @param folder where their files are */
export async function loadOcrModels(folder: string): Promise<OcrModels> {
  const file = (name: string): string => join(folder, 'ocr', name);
  const [detect, recognise, orientation, alphabet] = await Promise.all([
    loadNetwork(file('ch_PP-OCRv4_det_infer.onnx'), threads),
    loadNetwork(file('ch_PP-OCRv4_rec_infer.onnx'), threads),
    loadNetwork(file('ch_ppocr_mobile_v2.0_cls_infer.onnx'), 1),
    loadAlphabet(file('ppocr_keys_v1.txt')),
  ]);
  return { detect, recognise, orientation, alphabet };
}
