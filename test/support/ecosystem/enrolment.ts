import { randomBytes } from 'node:crypto';
import {
  createKeyProof,
  validators,
  type MatchFaceReply,
  type MintCardReply,
  type ReadDocumentReply,
  type StartEnrolmentReply,
} from '../../../protocol';
import { accepted, type Client } from './client';
import { createKeyPair, type KeyPair } from './keys';
import type { Pictures } from './pictures';

const CONSENTS = [
  { subject: 'document', text: '2026-11' },
  { subject: 'face', text: '2026-11' },
] as const;

/** An enrolment whose face matched: all but the key is there. */
export interface MatchedCase {
  readonly client: Client;
  readonly caseId: string;
  readonly nonce: string;
}

/** A minted card and the key that it is bound to. */
export interface EnrolledHolder extends MatchedCase {
  readonly key: KeyPair;
  readonly proof: string;
  readonly card: MintCardReply['card'];
  readonly credential: string;
}

export const begin = (client: Client): Promise<StartEnrolmentReply> =>
  accepted(client.ask('holder', { action: 'startEnrolment', consents: CONSENTS }), validators.StartEnrolmentReply);

/** Uploads a picture below the case's folder. @returns its file id */
export const upload = async (client: Client, caseId: string, bytes: Uint8Array, ending = 'jpg'): Promise<string> => {
  const { fileID, errMsg } = await client.upload(
    `evidence/${caseId}/${randomBytes(16).toString('hex')}.${ending}`,
    bytes,
  );
  if (fileID === undefined) throw new Error(`not uploaded: ${errMsg}`);
  return fileID;
};

/** Uploads two pictures and asks to have them read; the reply as it comes. */
export const submitDocument = async (
  client: Client,
  caseId: string,
  { front, back }: Pick<Pictures, 'front' | 'back'>,
): Promise<unknown> => {
  const files = { front: await upload(client, caseId, front), back: await upload(client, caseId, back) };
  return client.ask('holder', { action: 'readDocument', caseId, ...files });
};

/** Uploads a selfie and asks to have it compared; the reply as it comes. */
export const submitSelfie = async (client: Client, caseId: string, selfie: Uint8Array): Promise<unknown> =>
  client.ask('holder', { action: 'matchFace', caseId, selfie: await upload(client, caseId, selfie) });

export const mint = (client: Client, caseId: string, proof: string): Promise<unknown> =>
  client.ask('holder', { action: 'mintCard', caseId, proof });

/** From consent to a document that was read. */
export const readCase = async (client: Client, pictures: Pick<Pictures, 'front' | 'back'>): Promise<string> => {
  const { caseId } = await begin(client);
  await accepted<ReadDocumentReply>(submitDocument(client, caseId, pictures), validators.ReadDocumentReply);
  return caseId;
};

/** From a document that was read to a matched face. */
export const matchCase = async (client: Client, caseId: string, selfie: Uint8Array): Promise<MatchedCase> => {
  const reply = await accepted<MatchFaceReply>(submitSelfie(client, caseId, selfie), validators.MatchFaceReply);
  if (reply.outcome !== 'matched') throw new Error(`the face came to ${reply.outcome}`);
  return { client, caseId, nonce: reply.nonce };
};

/** From consent to a matched face, by real pictures and the real models. */
export const prove = async (client: Client, pictures: Pictures): Promise<MatchedCase> =>
  matchCase(client, await readCase(client, pictures), pictures.selfie);

/** A whole enrolment. */
export const enrol = async (client: Client, pictures: Pictures): Promise<EnrolledHolder> => {
  const matched = await prove(client, pictures);
  const key = createKeyPair();
  const proof = createKeyProof({ nonce: matched.nonce, key: key.publicKey, sign: key.sign });
  const { card, credential } = await accepted(mint(client, matched.caseId, proof), validators.MintCardReply);
  return { ...matched, key, proof, card, credential };
};
