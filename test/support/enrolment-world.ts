import { accountKey, type AccountKey, type ErrorCode, type FileId } from '../../protocol';
import { createBlindIndex } from '../../cloudfunctions/_adapters/crypto/blind-index';
import { createCredentialIssuer } from '../../cloudfunctions/_adapters/crypto/credential-issuer';
import { sha256, verifySignature } from '../../cloudfunctions/_adapters/crypto/es256';
import { createStatusListSigner } from '../../cloudfunctions/_adapters/crypto/status-list-issuer';
import type { AuthorityAnswer } from '../../cloudfunctions/_core/enrolment/authority';
import type { ProofedDocument } from '../../cloudfunctions/_core/enrolment/case';
import type { BindFingerprintPorts } from '../../cloudfunctions/_core/enrolment/bind-fingerprint';
import type { MatchFacePorts } from '../../cloudfunctions/_core/enrolment/match-face';
import type { MintCardPorts } from '../../cloudfunctions/_core/enrolment/mint-card';
import type { ReadDocumentPorts } from '../../cloudfunctions/_core/enrolment/read-document';
import type { StartEnrolmentPorts } from '../../cloudfunctions/_core/enrolment/start-enrolment';
import type { LogEntry } from '../../cloudfunctions/_core/log-entry';
import { done, refuse } from '../../cloudfunctions/_core/result';
import type { SealedKey } from '../../cloudfunctions/_core/sealed-key';
import { createCaseStore, type CaseStore } from './case-store';
import { createClock, type Clock } from './clock';
import { createEventLog, type EventLog } from './event-log';
import { createEvidenceStore, type EvidenceStore } from './evidence-store';
import { createIdentityStore, type IdentityPorts, type IdentityStore } from './identity-store';
import { issuer, issuerKeys } from './issuer';
import { createRandomBytes } from './random-bytes';
import { createStatusStore } from './status-store';
import { createTurnStore, type TurnStore } from './turn-store';

/** What a recogniser would see in an uploaded picture. */
export type Picture =
  | { readonly shows: 'document'; readonly document: ProofedDocument }
  | { readonly shows: 'face'; readonly similarity: number; readonly authority: AuthorityAnswer }
  | { readonly shows: 'nothing'; readonly fault: ErrorCode };

/** All but WeChat's word on a signature, which speaks of the caller: `phoneOf` adds it. */
export type EnrolmentPorts = StartEnrolmentPorts &
  ReadDocumentPorts &
  MatchFacePorts &
  Omit<BindFingerprintPorts, 'verifySoter'> &
  MintCardPorts &
  IdentityPorts;

/** The ports of `EnrolmentPorts` that answer later. */
export const laterPorts = [
  'takeTurn',
  'createCase',
  'loadCase',
  'replaceCase',
  'destroyEvidence',
  'keepForReview',
  'readDocumentPictures',
  'checkSelfie',
  'askAuthority',
  'createIdentity',
  'loadIdentity',
  'loadIdentityOfAccount',
  'replaceIdentity',
  'appendEvent',
  'newestList',
  'openList',
  'countPlace',
  'takePlace',
] as const satisfies readonly (keyof EnrolmentPorts)[];

/** A look that cost something: at a document, at a face, or the authority's at a face. */
export interface Look {
  readonly at: 'document' | 'face' | 'authority';
  /** The uploaded file, or for the authority the number that was asked about. */
  readonly subject: string;
  readonly satisfied: boolean;
}

/** The enrolment's use cases over stores in memory, real keys and signatures, and recognisers that see what a test put there. */
export interface EnrolmentWorld {
  readonly clock: Clock;
  readonly cases: CaseStore;
  readonly identities: IdentityStore;
  readonly evidence: EvidenceStore<Picture>;
  readonly events: EventLog;
  readonly logged: readonly LogEntry[];
  readonly looks: readonly Look[];
  readonly turns: TurnStore['turns'];
  readonly ports: EnrolmentPorts;
}

const index = createBlindIndex(new Uint8Array(32).fill(7));

/** An account by a number of the test's. */
export const accountOf = (at: number): AccountKey => accountKey(at.toString(16).padStart(64, '0'));

export const identityKeyOf = index.ofNumber;
export const guardianKeyOf = index.ofGuardian;

/** The unit vector whose cosine to `[1, 0]` is the similarity. */
const vectorOf = (similarity: number): Float32Array => Float32Array.of(similarity, Math.sqrt(1 - similarity ** 2));

/** The embedding of every document's portrait here. */
export const portraitVector = vectorOf(1);

export const createEnrolmentWorld = (start?: string): EnrolmentWorld => {
  const clock = createClock(start);
  const cases = createCaseStore(clock.now);
  const identities = createIdentityStore();
  const evidence = createEvidenceStore<Picture>();
  const events = createEventLog();
  const logged: LogEntry[] = [];
  const looks: Look[] = [];
  const answers: AuthorityAnswer[] = [];
  const randomBytes = createRandomBytes();
  const { takeTurn, turns } = createTurnStore(clock);
  let dataKeys = 0;

  const see = (file: FileId): Picture => evidence.see(file) ?? { shows: 'nothing', fault: 'file_not_found' };
  const ports: EnrolmentPorts = {
    now: clock.now,
    today: clock.today,
    randomBytes,
    log: (entry) => void logged.push(entry),
    verifySignature,
    sha256,
    takeTurn,
    ...cases.ports,
    ...identities.ports,
    destroyEvidence: evidence.destroyEvidence,
    keepForReview: evidence.keepForReview,
    ...events.ports,
    identityKeyOf,
    officeKeyOf: index.ofOffice,
    ...issuerKeys.names,
    ...createStatusStore().places,
    signStatusList: createStatusListSigner(issuer, issuerKeys),
    newDataKey: () => {
      dataKeys += 1;
      return `data key ${dataKeys}` as SealedKey;
    },
    issueCredential: createCredentialIssuer(issuer, issuerKeys, randomBytes),
    readDocumentPictures: ({ front, back }) => {
      const [seen, behind] = [see(front), see(back)];
      const satisfied = seen.shows === 'document' && behind.shows === 'document';
      looks.push({ at: 'document', subject: front, satisfied });
      if (satisfied) return Promise.resolve(done(seen.document));
      const fault = [seen, behind].find((side) => side.shows === 'nothing');
      return Promise.resolve(refuse(fault?.fault ?? 'no_card_found', { picture: 'front' }));
    },
    checkSelfie: (file) => {
      const seen = see(file);
      looks.push({ at: 'face', subject: file, satisfied: seen.shows === 'face' });
      if (seen.shows !== 'face') {
        return Promise.resolve(refuse(seen.shows === 'nothing' ? seen.fault : 'no_face', { picture: 'selfie' }));
      }
      answers.push(seen.authority);
      const jpeg = Uint8Array.from(Buffer.from(String(answers.length - 1)));
      return Promise.resolve(done({ embedding: vectorOf(seen.similarity), jpeg }));
    },
    askAuthority: ({ number, selfie }) => {
      const answer = answers[Number(Buffer.from(selfie).toString())] ?? { kind: 'unavailable' };
      looks.push({
        at: 'authority',
        subject: number,
        satisfied: answer.kind === 'compared' && answer.similarity >= 70,
      });
      return Promise.resolve(answer);
    },
  };
  return { clock, cases, identities, evidence, events, logged, looks, turns, ports };
};
