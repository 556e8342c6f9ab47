import { validators } from '../protocol';
import { callFunction, Unreachable } from '../platform/cloud';

/** A published document, or why there is none. What cannot be read counts as no answer. */
export type Read<Document> =
  | { readonly ok: true; readonly document: Document }
  | { readonly ok: false; readonly because: 'unreachable' | 'not_found' };

/**
 * What the function `public` answers below a path: the same to everybody, since it looks at nobody who asks.
 * @param read makes the document of the body's text; null where it is none
 */
const readPublished = async <Document>(
  path: string,
  query: Readonly<Record<string, string>>,
  read: (body: string) => Document | null,
): Promise<Read<Document>> => {
  const unreachable = { ok: false, because: 'unreachable' } as const;
  try {
    const reply = await callFunction('public', { httpMethod: 'GET', path, queryStringParameters: query });
    if (!validators.PublishedReply(reply)) return unreachable;
    if (reply.statusCode === 404) return { ok: false, because: 'not_found' };
    const document = reply.statusCode === 200 ? read(reply.body) : null;
    return document === null ? unreachable : { ok: true, document };
  } catch (error) {
    if (error instanceof Unreachable) return unreachable;
    throw error;
  }
};

/** Reads JSON that fits a schema. */
const json =
  <Document>(isDocument: (data: unknown) => data is Document) =>
  (body: string): Document | null => {
    try {
      const parsed: unknown = JSON.parse(body);
      return isDocument(parsed) ? parsed : null;
    } catch {
      return null;
    }
  };

/** The issuer, and the keys of its cards and its log. */
export const readIssuerMetadata = () =>
  readPublished('/.well-known/jwt-vc-issuer', {}, json(validators.IssuerMetadata));

/** The issuer, and the keys of its receipts. */
export const readReceiptKeys = () => readPublished('/public/receipt-keys', {}, json(validators.ReceiptKeys));

/** The log's newest checkpoint, as it was signed. */
export const readCheckpoint = () => readPublished('/public/log/checkpoint', {}, (body) => body);

/** Proof that an event is in the tree of that size. @param commitment SHA-256 of its salt and content, as base64url */
export const readInclusion = (commitment: string, size: number) =>
  readPublished('/public/log/inclusion', { commitment, size: String(size) }, json(validators.InclusionProof));

/** Proof that the tree of one size begins with the tree of another. */
export const readConsistency = (from: number, to: number) =>
  readPublished('/public/log/consistency', { from: String(from), to: String(to) }, json(validators.ConsistencyProof));
