/**
 * The part of Tencent Cloud FaceID that is spoken here: `ImageRecognitionV2`, version 2018-03-01, with the result codes and the
 * limits of its documentation. https://www.tencentcloud.com/document/api/1061/79052, https://cloud.tencent.com/document/product/1007/47911
 */
export const service = {
  action: 'ImageRecognitionV2',
  version: '2018-03-01',
  imageBase64Max: 3 * 1024 * 1024,
  /** Limit of a request signed with TC3-HMAC-SHA256. */
  bodyMax: 10 * 1024 * 1024,
  /** Least `Sim` of a `Success`. */
  passingMark: 70,
} as const;

/** Codes of an answered question, with the description that goes with each. */
export const results = {
  Success: '成功',
  'FailedOperation.CompareLowSimilarity': '比对相似度未达到通过标准',
  'FailedOperation.IdFormatError': '输入的身份证号有误',
  'FailedOperation.IdNameMisMatch': '姓名和身份证号不一致',
  'FailedOperation.IdNoExistSystem': '库中无此号',
  'FailedOperation.IdPhotoNoExist': '库中无此号照片',
  'FailedOperation.LifePhotoDetectFaces': '检测到多张人脸',
  'FailedOperation.LifePhotoDetectNoFaces': '未能检测到完整人脸',
  'FailedOperation.LifePhotoPoorQuality': '传入图片分辨率太低或无法解码',
  'FailedOperation.LifePhotoSizeError': '传入图片过大或过小',
} as const satisfies Record<string, string>;
export type ResultCode = keyof typeof results;

/** Codes of a request that was not taken as a question. */
export type ErrorCode =
  | 'AuthFailure.SecretIdNotFound'
  | 'AuthFailure.SignatureExpire'
  | 'AuthFailure.SignatureFailure'
  | 'InternalError'
  | 'InvalidAction'
  | 'InvalidParameter'
  | 'MissingParameter'
  | 'NoSuchVersion'
  | 'RequestSizeLimitExceeded'
  | 'UnknownParameter'
  | 'UnsupportedProtocol';

/** What one request gets. No message quotes what was sent. */
export type Outcome =
  | { readonly kind: 'result'; readonly code: ResultCode; readonly similarity: number }
  | { readonly kind: 'changes'; readonly changes: readonly object[]; readonly cursor: string; readonly isLast: boolean }
  | { readonly kind: 'guardianship'; readonly word: 'Guardian' | 'NotGuardian' | 'NotRecorded' }
  | { readonly kind: 'error'; readonly code: ErrorCode; readonly message: string };

/** The service's JSON for an outcome. */
export const toBody = (outcome: Outcome, requestId: string): object => {
  switch (outcome.kind) {
    case 'error':
      return { Response: { Error: { Code: outcome.code, Message: outcome.message }, RequestId: requestId } };
    case 'changes': {
      const { changes: Changes, cursor: Cursor, isLast: IsLast } = outcome;
      return { Response: { Changes, Cursor, IsLast, RequestId: requestId } };
    }
    case 'guardianship':
      return { Response: { Result: outcome.word, RequestId: requestId } };
    case 'result':
      return {
        Response: {
          Sim: outcome.similarity,
          Result: outcome.code,
          Description: results[outcome.code],
          Extra: '',
          RequestId: requestId,
        },
      };
  }
};
