/** What the server refused, in its words. */
class Refusal extends Error {}

const answerOf = async (response: Response): Promise<unknown> => {
  const answer = (await response.json()) as { readonly code?: string; readonly message?: string };
  if (response.ok) return answer;
  throw new Refusal(`${answer.code ?? String(response.status)}: ${answer.message ?? response.statusText}`);
};

/** Asks one of the tools; the caller states what it answers. */
export const read = async <T>(path: string, query: Readonly<Record<string, string>> = {}): Promise<T> =>
  (await answerOf(await fetch(`${path}?${new URLSearchParams(query).toString()}`))) as T;

/** Has one of the tools change something. */
export const change = async <T>(method: 'POST' | 'DELETE', path: string, body: object = {}): Promise<T> => {
  const headers = { 'content-type': 'application/json' };
  return (await answerOf(await fetch(path, { method, headers, body: JSON.stringify(body) }))) as T;
};
