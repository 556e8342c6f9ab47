import { request } from 'node:http';
import type { CloudUnderTest } from './cloud-under-test';

/** An answer of the local cloud's tools. */
export interface ToolAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** Asks a tool of the local cloud, as a developer's program does. */
export const askTool = async (
  { cloud }: CloudUnderTest,
  path: string,
  { method = 'GET', body }: { readonly method?: string; readonly body?: unknown } = {},
): Promise<ToolAnswer> => {
  const response = await fetch(`${cloud.url}/_local/${path}`, {
    method,
    ...(method !== 'GET' && { headers: { 'content-type': 'application/json' } }),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

/** Asks with headers that `fetch` would not let a test choose; gives the status. */
export const askRaw = (
  { cloud }: CloudUnderTest,
  path: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): Promise<{ readonly status: number; readonly text: string }> =>
  new Promise((resolve, reject) => {
    const outgoing = request(
      new URL(cloud.url),
      // Node adds no length to the body of a GET or a DELETE.
      {
        method,
        path: `/_local/${path}`,
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        agent: false,
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });

/** A call as the tools show it. */
export interface ShownCall {
  readonly number: number;
  readonly kind: string;
  readonly name: string;
  readonly arguments: string;
  readonly durationMs: number;
  readonly outcome: string;
}

interface ShownCalls {
  readonly next: number;
  readonly calls: readonly ShownCall[];
}

/** The calls after that number, and the number to ask from next. */
export const callsSince = async (under: CloudUnderTest, since: number): Promise<ShownCalls> => {
  const { body } = await askTool(under, `calls?since=${String(since)}`);
  // Whoever asks looks at what it says.
  return body as unknown as ShownCalls;
};
