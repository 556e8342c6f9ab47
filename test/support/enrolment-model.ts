import {
  CASE_LIFE_MS,
  DOCUMENT_TRIES,
  FACE_TRIES,
  FINGERPRINT_TRIES,
  REVIEW_FROM_TRY,
} from '../../cloudfunctions/_core/enrolment/case';
import { FIRST_CHILD } from './enrolment-steps';
import type { AuthorityAnswer } from '../../cloudfunctions/_core/enrolment/authority';

/** A case as the model knows it: what the design says, and nothing of how the code does it. */
export interface ModelCase {
  readonly account: number;
  readonly startedAt: number;
  state: string;
  person: number | null;
  /** How far a guardian's consent has come, for this person. */
  guardian: 'none' | 'unconfirmed' | 'given';
  documentTries: number;
  faceTries: number;
  key: number | null;
  fingerTries: number;
  isFingerBound: boolean;
}

export interface Model {
  now: number;
  readonly cases: ModelCase[];
  /** Which case's card a person has. */
  readonly cards: Map<number, number>;
  /** Which persons' cards have a fingerprint. */
  readonly fingers: Map<number, boolean>;
}

const isLive = (model: Model, found: ModelCase): boolean => model.now < found.startedAt + CASE_LIFE_MS;

/** A call with pictures ends a case whose time is up. */
const endTimedOut = (model: Model, found: ModelCase): void => {
  const isUndecided = ['started', 'documentRead', 'faceMatched', 'fingerprintBound'].includes(found.state);
  if (isUndecided && !isLive(model, found)) found.state = 'expired';
};

export const read = (model: Model, found: ModelCase, person: number | null): string => {
  endTimedOut(model, found);
  if (!['started', 'documentRead'].includes(found.state)) return 'wrong_step';
  if (found.documentTries >= DOCUMENT_TRIES) return 'too_many_tries';
  found.documentTries += 1;
  if (person === null) {
    if (found.documentTries === DOCUMENT_TRIES) found.state = 'refused';
    return 'picture_blurred';
  }
  found.state = 'documentRead';
  if (found.person !== person) found.guardian = 'none';
  found.person = person;
  return 'ok';
};

const isChild = ({ person }: ModelCase): boolean => person !== null && person >= FIRST_CHILD;

/** A guardian is called and consents, and the authority says what it knows. */
export const consent = (
  model: Model,
  found: ModelCase,
  word: 'confirmed' | 'not_guardian' | 'unknown' | 'unavailable',
): string => {
  if (!isLive(model, found) || found.state !== 'documentRead') return 'wrong_step';
  if (!isChild(found) || found.guardian === 'given') return 'wrong_step';
  if (word === 'unavailable') return 'authority_unavailable';
  if (word === 'not_guardian') return 'not_guardian';
  found.guardian = word === 'confirmed' ? 'given' : 'unconfirmed';
  return found.guardian;
};

export const match = (
  model: Model,
  found: ModelCase,
  similarity: number | null,
  authority: AuthorityAnswer,
): string => {
  endTimedOut(model, found);
  if (found.state === 'faceMatched' || found.state === 'fingerprintBound') return 'matched';
  if (found.state !== 'documentRead') return 'wrong_step';
  if (isChild(found) && found.guardian !== 'given') return 'guardian_needed';
  found.faceTries += 1;
  const refused = (code: string, isFinal = false): string => {
    if (isFinal || found.faceTries === FACE_TRIES) found.state = 'refused';
    return code;
  };
  const review = (): string => {
    if (found.faceTries < REVIEW_FROM_TRY) return 'retake';
    found.state = 'inReview';
    return 'inReview';
  };
  if (similarity === null) return refused('picture_blurred');
  if (similarity >= 0.975) return refused('not_live');
  if (similarity < 0.42) return refused('faces_differ');
  const isDoubtful = similarity < 0.55;
  // The authority is asked of a doubtful face once, before a reviewer is.
  if (isDoubtful && found.faceTries < REVIEW_FROM_TRY) return 'retake';
  if (authority.kind === 'no_photo') return review();
  if (authority.kind === 'no_record') return refused('authority_no_record', true);
  if (authority.kind === 'unavailable') {
    found.faceTries -= 1;
    return 'authority_unavailable';
  }
  if (authority.kind === 'selfie_unusable') return refused('selfie_unusable');
  if (authority.similarity < 50) return refused('authority_faces_differ', true);
  if (isDoubtful || authority.similarity < 70) return review();
  found.state = 'faceMatched';
  return 'matched';
};

export const bind = (model: Model, found: ModelCase, isGenuine: boolean): string => {
  if (!isLive(model, found)) return 'wrong_step';
  if (found.state === 'fingerprintBound') return 'ok';
  if (found.state !== 'faceMatched') return 'wrong_step';
  if (found.fingerTries === FINGERPRINT_TRIES) return 'too_many_tries';
  found.fingerTries += 1;
  if (!isGenuine) return 'fingerprint_invalid';
  found.state = 'fingerprintBound';
  found.isFingerBound = true;
  return 'ok';
};

export const mint = (model: Model, at: number, found: ModelCase, key: number, signsOwnNonce: boolean): string => {
  const isProofed = ['faceMatched', 'fingerprintBound'].includes(found.state);
  if (found.state !== 'minted' && !(isProofed && isLive(model, found))) return 'wrong_step';
  if (!signsOwnNonce) return 'key_proof_invalid';
  if (found.person === null) return 'no person';
  const holderAt = model.cards.get(found.person);
  if (found.state === 'minted') return holderAt === at && found.key === key ? 'ok' : 'wrong_step';
  const holder = holderAt === undefined ? undefined : model.cases[holderAt];
  if (holder && holder.account !== found.account) return 'identity_has_card';
  const others = [...model.cards].filter(([person]) => person !== found.person);
  if (others.some(([, caseAt]) => model.cases[caseAt]?.account === found.account)) return 'account_has_card';
  model.cards.set(found.person, at);
  model.fingers.set(found.person, found.isFingerBound);
  found.state = 'minted';
  found.key = key;
  return 'ok';
};
