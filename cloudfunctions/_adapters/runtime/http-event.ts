/** The HTTP request that a route hands to a function, as far as it is used here. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: ReadonlyMap<string, string>;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** What a function answers a route with. */
export interface HttpReply {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

const textsOf = (value: unknown, nameOf: (name: string) => string = (name) => name): ReadonlyMap<string, string> =>
  new Map(
    entriesOf(value).flatMap(([name, text]) => (typeof text === 'string' ? [[nameOf(name), text] as const] : [])),
  );

/**
 * Reads the integration event of a CloudBase HTTP route; what is missing or no text is empty.
 * https://docs.cloudbase.net/en/service/access-cloud-function
 */
export const readHttpEvent = (event: unknown): HttpRequest => {
  const fields = new Map(entriesOf(event));
  const text = (name: string): string => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : '';
  };
  const body = text('body');
  return {
    method: text('httpMethod'),
    path: text('path'),
    query: textsOf(fields.get('queryStringParameters')),
    headers: textsOf(fields.get('headers'), (name) => name.toLowerCase()),
    body: fields.get('isBase64Encoded') === true ? Buffer.from(body, 'base64').toString() : body,
  };
};

/**
 * The caller's network address, or null where the platform does not tell it: the gateway sets this header itself, whatever the caller
 * sent under its name.
 */
export const clientAddress = ({ headers }: HttpRequest): string | null => {
  const address = headers.get('x-real-ip') ?? '';
  return /^[0-9A-Fa-f.:]{2,45}$/.test(address) ? address : null;
};
