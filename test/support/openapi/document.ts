import Ajv2020 from 'ajv/dist/2020';
import type { ValidateFunction } from 'ajv';
import { openApiDocument } from '../../../cloudfunctions/_adapters/api/openapi';

/** As much of an OpenAPI document as tests look at. */
export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly object[];
  readonly requestBody?: Body;
  readonly responses: Readonly<Record<string, DescribedResponse>>;
}
interface Body {
  readonly content: Readonly<Record<string, MediaType>>;
}
export interface MediaType {
  readonly schema: object;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}
interface DescribedResponse {
  readonly headers?: Readonly<Record<string, { readonly $ref: string }>>;
  readonly content?: Readonly<Record<string, MediaType>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, object>>;
    readonly headers: Readonly<Record<string, { readonly schema: object }>>;
    readonly parameters: Readonly<Record<string, { readonly schema: object }>>;
  };
}

/** What a server was answered. */
export interface Answered {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The document of an issuer, and what it says of replies. */
export interface DocumentUnderTest {
  readonly document: Document;
  /** Every operation with its line, such as `GET /institution/self`. */
  readonly operations: ReadonlyMap<string, Operation>;
  /** A check of a schema of the document. */
  readonly compile: (schema: object) => ValidateFunction;
  /**
   * What of a reply is not as the document has it: none where all is.
   * @param line as it was sent, such as `GET /institution/counters/…`
   */
  readonly faultsOf: (line: string, answered: Answered) => readonly string[];
  /** The operation of a line as it was sent. @throws Error where the document has none */
  readonly operationAt: (line: string) => Operation;
}

const BASE = 'https://document.example/';
const COMPONENTS = '#/components/schemas/';

/** References lead to the components by addresses of their own, wherever a schema of the document stands. */
const rooted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(rooted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      key === '$ref' ? String(part).replace(COMPONENTS, BASE) : rooted(part),
    ]),
  );
};

export const createDocumentUnderTest = (issuer: string): DocumentUnderTest => {
  const document = JSON.parse(JSON.stringify(openApiDocument(issuer))) as Document;
  const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: true });
  for (const [name, schema] of Object.entries(document.components.schemas))
    ajv.addSchema({ ...(rooted(schema) as object), $id: `${BASE}${name}` });
  const compile = (schema: object): ValidateFunction => ajv.compile(rooted(schema) as object);

  const operations = new Map(
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
    ),
  );
  const operationAt = (line: string): Operation => {
    const found = [...operations].find(([template]) =>
      new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(line),
    );
    if (!found) throw new Error(`the document has no ${line}`);
    return found[1];
  };
  return {
    ...{ document, operations, compile, operationAt },
    faultsOf: (line, { status, headers, body }) => {
      const response = operationAt(line).responses[status];
      if (!response) return [`no status ${status}`];
      const faults: string[] = [];
      for (const [name, { $ref }] of Object.entries(response.headers ?? {})) {
        const described = document.components.headers[$ref.split('/').at(-1) ?? ''];
        if (!described || !compile(described.schema)(headers[name.toLowerCase()])) faults.push(`header ${name}`);
      }
      // What a redirect says beside its header is the gateway's and nobody's.
      if (status >= 300 && status < 400) return faults;
      const [type = ''] = (headers['content-type'] ?? '').split(';');
      const content = response.content?.[type];
      if (!content) return [...faults, ...(response.content || body !== '' ? [`no media type ${type}`] : [])];
      const check = compile(content.schema);
      if (!check(JSON.parse(body)))
        faults.push(...(check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`));
      return faults;
    },
  };
};
