import type { ServerResponse } from 'node:http';

const refusals = new WeakMap<ServerResponse, string>();

/** Notes the code of a refusal whose answer does not show it: some doors answer refusals with status 200, or without their code. */
export function noteRefusal(response: ServerResponse, code: string): void {
  refusals.set(response, code);
}

/** How a request was answered: `OK`, the code of its refusal, or its HTTP status. */
export function outcomeOf(response: ServerResponse): string {
  const { statusCode } = response;
  return refusals.get(response) ?? (statusCode < 400 ? 'OK' : `HTTP ${String(statusCode)}`);
}
