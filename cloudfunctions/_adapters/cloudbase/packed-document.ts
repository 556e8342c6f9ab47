import type { DocumentFields } from '../../../protocol';
import type { ProofedDocument } from '../../_core/enrolment/case';

/** A proofed document as JSON: bytes and floats as base64. */
export interface PackedDocument {
  readonly fields: DocumentFields;
  readonly jpeg: string;
  readonly embedding: string;
}

/** Floats as base64 of their little-endian bytes. */
export const packFloats = (floats: Float32Array): string =>
  Buffer.from(floats.buffer, floats.byteOffset, floats.byteLength).toString('base64');

/** What `packFloats` packed. */
export const unpackFloats = (text: string): Float32Array => {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  return new Float32Array(bytes.buffer, 0, Math.floor(bytes.byteLength / 4));
};

export const packDocument = ({ fields, portrait }: ProofedDocument): PackedDocument => ({
  fields,
  jpeg: Buffer.from(portrait.jpeg).toString('base64'),
  embedding: packFloats(portrait.embedding),
});

export const unpackDocument = ({ fields, jpeg, embedding }: PackedDocument): ProofedDocument => ({
  fields,
  portrait: { jpeg: Buffer.from(jpeg, 'base64'), embedding: unpackFloats(embedding) },
});
