import { now } from './ambient';
import { faultOf } from './fault';
import type { HttpReply } from './http-event';
import { log } from './log';

const failed = (): HttpReply => ({
  statusCode: 500,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  body: JSON.stringify({ ok: false, error: { code: 'internal' } }),
});

/**
 * The entry of a function behind an HTTP route. Whatever is thrown becomes `internal`, and its message goes nowhere.
 * @param tellFailure in the words that its callers know; ours where it is left out
 */
export const serveHttp =
  (
    name: string,
    action: string,
    answer: (event: unknown) => Promise<HttpReply>,
    tellFailure: () => HttpReply = failed,
  ) =>
  async (event: unknown): Promise<HttpReply> => {
    const startedAt = now();
    const called = { function: name, action };
    log({ event: 'CALL_STARTED', ...called });
    try {
      const reply = await answer(event);
      log({ event: 'CALL_COMPLETED', ...called, status: reply.statusCode, ms: now() - startedAt });
      return reply;
    } catch (error) {
      log({ event: 'CALL_FAILED', ...called, fault: faultOf(error) });
      return tellFailure();
    }
  };
