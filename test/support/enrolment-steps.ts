import { createKeyProof, type AccountKey, type FingerprintAnswer, type StartEnrolmentRequest } from '../../protocol';
import type { AuthorityAnswer } from '../../cloudfunctions/_core/enrolment/authority';
import type { ProofedDocument } from '../../cloudfunctions/_core/enrolment/case';
import { bindFingerprint } from '../../cloudfunctions/_core/enrolment/bind-fingerprint';
import { matchFace } from '../../cloudfunctions/_core/enrolment/match-face';
import { mintCard } from '../../cloudfunctions/_core/enrolment/mint-card';
import { readDocument } from '../../cloudfunctions/_core/enrolment/read-document';
import { startEnrolment } from '../../cloudfunctions/_core/enrolment/start-enrolment';
import type { Result } from '../../cloudfunctions/_core/result';
import { portraitVector, type EnrolmentPorts, type EnrolmentWorld, type Picture } from './enrolment-world';
import { idNumberOf } from './id-number';
import type { KeyPair } from './key-pair';
import { verifySoterOf } from './soter';

const read = <Value>(value: Value): { value: Value; confidence: number } => ({ value, confidence: 0.9 });

/** The test's persons from this one on are children, who become 14 on 20 May 2032. */
export const FIRST_CHILD = 50;

const birthDateOf = (person: number): string => (person >= FIRST_CHILD ? '2018-05-20' : '1990-05-17');

/** Well-formed numbers of persons who differ in the order digits, and children in the birth date too. */
export const numberOf = (person: number): string => idNumberOf('110105', birthDateOf(person), String(101 + 2 * person));

/** The document of one of the test's persons, as proofing hands it on. */
export const documentOf = (person: number, validTo: string | null = '2036-01-05'): ProofedDocument => ({
  fields: {
    name: read('林晓梅'),
    sex: read('male'),
    ethnicity: null,
    birthDate: read(birthDateOf(person)),
    address: read('北京市朝阳区测试路一号'),
    number: read(numberOf(person)),
    issuingAuthority: read('北京市公安局朝阳分局'),
    validFrom: read('2016-01-05'),
    validTo: validTo === null ? null : read(validTo),
  },
  portrait: { jpeg: Uint8Array.of(0xff, 0xd8, person), embedding: portraitVector },
});

/** Pictures by what the recognisers would see in them. */
export const pictures = {
  document: (person: number, validTo?: string | null): Picture => ({
    shows: 'document',
    document: documentOf(person, validTo),
  }),
  face: (similarity: number, authority: AuthorityAnswer): Picture => ({ shows: 'face', similarity, authority }),
  blurred: { shows: 'nothing', fault: 'picture_blurred' },
} as const satisfies Record<string, Picture | ((...given: never) => Picture)>;

/** The authority's answer that vouches. */
export const vouched: AuthorityAnswer = { kind: 'compared', similarity: 92 };

const consents: StartEnrolmentRequest['consents'] = [
  { subject: 'document', text: '2026-01' },
  { subject: 'face', text: '2026-01' },
];

/** The value of a result that must not be a refusal. */
export const valueOf = <Value>(result: Result<Value>): Value => {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
};

/** What a phone of one account does in an enrolment: it uploads and it calls. */
export interface Phone {
  /** @param keepsTemplate whether the holder also consents to a face template */
  readonly start: (keepsTemplate?: boolean) => Promise<string>;
  readonly readDocument: (caseId: string, front: Picture, back?: Picture) => ReturnType<typeof readDocument>;
  readonly matchFace: (caseId: string, selfie: Picture) => ReturnType<typeof matchFace>;
  readonly bind: (caseId: string, answer: FingerprintAnswer) => ReturnType<typeof bindFingerprint>;
  readonly mint: (caseId: string, key: KeyPair, nonce: string) => ReturnType<typeof mintCard>;
}

/** @param ports the world's own, or the same interleaved or failing */
export const phoneOf = (world: EnrolmentWorld, account: AccountKey, ports: EnrolmentPorts = world.ports): Phone => ({
  start: async (keepsTemplate = false) => {
    const request: StartEnrolmentRequest = {
      action: 'startEnrolment',
      consents: keepsTemplate ? [...consents, { subject: 'faceTemplate', text: '2026-01' }] : consents,
    };
    return valueOf(await startEnrolment(ports, account, request)).caseId;
  },
  readDocument: (caseId, front, back = front) =>
    readDocument(ports, account, {
      action: 'readDocument',
      caseId,
      front: world.evidence.upload(caseId, front),
      back: world.evidence.upload(caseId, back),
    }),
  matchFace: (caseId, selfie) =>
    matchFace(ports, account, { action: 'matchFace', caseId, selfie: world.evidence.upload(caseId, selfie) }),
  bind: (caseId, answer) =>
    bindFingerprint({ ...ports, verifySoter: verifySoterOf(account) }, account, {
      action: 'bindFingerprint',
      caseId,
      answer,
    }),
  mint: (caseId, key, nonce) =>
    mintCard(ports, account, {
      action: 'mintCard',
      caseId,
      proof: createKeyProof({ nonce, key: key.publicKey, sign: key.sign }),
    }),
});

/** A case up to its matched face. @returns the case and the nonce that the phone's key is to sign */
export const proofFace = async (
  phone: Phone,
  person: number,
  keepsTemplate = false,
): Promise<{ caseId: string; nonce: string }> => {
  const caseId = await phone.start(keepsTemplate);
  valueOf(await phone.readDocument(caseId, pictures.document(person)));
  const matched = valueOf(await phone.matchFace(caseId, pictures.face(0.7, vouched)));
  if (matched.outcome !== 'matched') throw new Error('the face did not match');
  return { caseId, nonce: matched.nonce };
};
