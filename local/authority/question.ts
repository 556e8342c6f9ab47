import { Ajv } from 'ajv';
import type { FromSchema } from 'json-schema-to-ts';
import type { Outcome } from './service';

const Question = {
  type: 'object',
  additionalProperties: false,
  required: ['IdCard', 'Name', 'ImageBase64'],
  properties: {
    IdCard: { type: 'string', minLength: 1, maxLength: 64 },
    Name: { type: 'string', minLength: 1, maxLength: 128 },
    ImageBase64: { type: 'string', minLength: 4 },
    Optional: { type: 'string', maxLength: 1024 },
    Extra: { type: 'string', maxLength: 1024 },
  },
} as const;
export type Question = FromSchema<typeof Question>;

const isQuestion = new Ajv().compile<Question>(Question);

const invalid = (code: 'InvalidParameter' | 'MissingParameter' | 'UnknownParameter', message: string): Outcome => ({
  kind: 'error',
  code,
  message,
});

/** The JSON of a request's body; undefined where it is none. */
export const parseJson = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
};

/** Reads the body of a request: a question, or the error to answer with. Messages name parameters and quote no value. */
export const parseQuestion = (
  body: Uint8Array,
): { readonly ok: true; readonly question: Question } | { readonly ok: false; readonly outcome: Outcome } => {
  const content = parseJson(body);
  if (isQuestion(content)) return { ok: true, question: content };
  const [error] = isQuestion.errors ?? [];
  const outcome =
    error?.keyword === 'required'
      ? invalid('MissingParameter', `missing parameter ${String(error.params['missingProperty'])}`)
      : error?.keyword === 'additionalProperties'
        ? invalid('UnknownParameter', 'there is a parameter that this action does not know')
        : invalid(
            'InvalidParameter',
            error?.instancePath ? `invalid ${error.instancePath.slice(1)}` : 'the body is no JSON object',
          );
  return { ok: false, outcome };
};

/** The bytes of standard base64 with padding (RFC 4648, section 4), or null where it is none. */
export const decodeBase64 = (text: string): Uint8Array | null =>
  text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : null;
