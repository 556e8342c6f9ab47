/** A model's file: its path in the folder of models, and the SHA-256 of its bytes. */
export interface ModelFile {
  readonly path: string;
  readonly sha256: string;
}

/** All files that the embedded recognition needs, by the package that they come in. */
export const faceModelFiles = [
  { path: 'face/fr_detect.onnx', sha256: '6c0256ccd3164f844736a401faf936ec2930764a87ae39442180887d0c5c8854' },
  { path: 'face/fr_landmark.onnx', sha256: 'f10b0ba1d2a8a099adefede1ebf3733e44fe370715e7303dbeb7f59c02142258' },
  { path: 'face/fr_feature.onnx', sha256: '87aacdfe57510db2af90c0251df680e8eec88f122ee94712121d09bcaaaf3581' },
  { path: 'face/fr_liveness.onnx', sha256: 'afa783b7e902fdfcf323a7240cac2a1c580c25314ea4161129dc1b0d100dc32d' },
] as const satisfies readonly ModelFile[];

export const ocrModelFiles = [
  {
    path: 'ocr/ch_PP-OCRv4_det_infer.onnx',
    sha256: '30a86f5731181461d08021402766601e4302a9b9b9666be8aff402696339cdff',
  },
  {
    path: 'ocr/ch_PP-OCRv4_rec_infer.onnx',
    sha256: '06b3e6af6c59a1ba5d53790ed8c2e4b2de389870b6cf5a97f349f3412cb269c0',
  },
  {
    path: 'ocr/ch_ppocr_mobile_v2.0_cls_infer.onnx',
    sha256: '491843a3c65de46295864c6815e41127eaa812c4dac1e19c6850ec49da9d3640',
  },
  { path: 'ocr/ppocr_keys_v1.txt', sha256: '28b2362ad4ab2dc38769aa72feb535e3a9ddb3fd2a7585a05920e6393b1dc7f7' },
] as const satisfies readonly ModelFile[];

export const modelFiles: readonly ModelFile[] = [...faceModelFiles, ...ocrModelFiles];
