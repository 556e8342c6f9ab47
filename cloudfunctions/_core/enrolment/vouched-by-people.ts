import { base64urlEncode, instant } from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import { AFTER_REVIEW_MS, type DocumentReadCase, type FaceMatchedCase, type ReviewCase } from './case';
import { nextRevision } from './end-case';
import { picturesOf } from './review-copies';

/** A case whose face two people vouch for instead of the machine: its holder has a week to mint, and no measure of the face is kept. */
export const vouchedByPeople = (
  ports: { readonly now: Now; readonly randomBytes: RandomBytes },
  prior: DocumentReadCase | ReviewCase,
): FaceMatchedCase => ({
  ...nextRevision(prior),
  state: 'faceMatched',
  document: prior.document,
  guardian: prior.guardian,
  nonce: base64urlEncode(ports.randomBytes(16)),
  destroyed: { files: picturesOf(prior).length, at: ports.now() },
  template: null,
  expiresAt: instant(ports.now() + AFTER_REVIEW_MS),
});
