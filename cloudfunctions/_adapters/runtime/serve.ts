import type { AccountKey, Refusal } from '../../../protocol';
import { refuse, type Result } from '../../_core/result';
import { now } from './ambient';
import { faultOf } from './fault';
import { log } from './log';

/** A generated schema check: a type guard that says where it failed. */
export interface Validator<Value> {
  (data: unknown): data is Value;
  errors?: readonly { readonly instancePath: string }[] | null;
}

interface Accepted {
  readonly ok: true;
}

/** What an event comes to. */
export type Reply = Accepted | { readonly ok: false; readonly error: Refusal };

/** One action of a function: its request's schema and the use case behind it. */
export interface Action<Caller> {
  readonly parse: (event: unknown) => Result<(caller: Caller) => Promise<Result<Accepted>>>;
}

/** Ties a schema to a use case. */
export const action = <Caller, Request>(
  validator: Validator<Request>,
  run: (caller: Caller, request: Request) => Promise<Result<Accepted>>,
): Action<Caller> => ({
  parse: (event) =>
    validator(event)
      ? { ok: true, value: (caller) => run(caller, event) }
      : // The schema's own names alone: an unknown property is told by the place that it stands in.
        refuse('request_invalid', { at: (validator.errors?.[0]?.instancePath ?? '').slice(0, 200) }),
});

/** Actions that need to know the caller's account and no more, for a function that knows more of its callers. */
export const byAccount = (
  actions: Readonly<Record<string, Action<AccountKey>>>,
): Readonly<Record<string, Action<{ readonly account: AccountKey }>>> =>
  Object.fromEntries(
    Object.entries(actions).map(([name, { parse }]) => [
      name,
      {
        parse: (event: unknown) => {
          const parsed = parse(event);
          return parsed.ok ? { ok: true, value: ({ account }) => parsed.value(account) } : parsed;
        },
      } satisfies Action<{ readonly account: AccountKey }>,
    ]),
  );

/** Who called, and what they say. */
export interface Opened<Caller> {
  readonly caller: Caller;
  readonly said: unknown;
}

const actionOf = (said: unknown, known: object): string | null =>
  typeof said === 'object' &&
  said !== null &&
  'action' in said &&
  typeof said.action === 'string' &&
  Object.hasOwn(known, said.action)
    ? said.action
    : null;

/**
 * The entry of a function: finds the caller, parses what is said against its action's schema, runs one use case, replies.
 * Whatever is thrown becomes `internal`, and its message goes nowhere.
 * @param open the caller and the words of this invocation; null is refused as `caller_unknown`
 */
export const serve =
  <Caller>(
    name: string,
    open: (event: unknown, context: unknown) => Opened<Caller> | null,
    actions: Readonly<Record<string, Action<Caller>>>,
  ) =>
  async (event: unknown, context: unknown): Promise<Reply> => {
    const startedAt = now();
    const called = { function: name, action: 'unknown' };
    const refused = (error: Refusal): Reply => {
      log({ event: 'CALL_REFUSED', ...called, code: error.code, ms: now() - startedAt });
      return { ok: false, error };
    };
    try {
      const opened = open(event, context);
      if (opened === null) return refused({ code: 'caller_unknown' });
      const asked = actionOf(opened.said, actions);
      const found = asked === null ? undefined : actions[asked];
      if (asked === null || !found) return refused({ code: 'request_invalid', at: '/action' });
      called.action = asked;
      log({ event: 'CALL_STARTED', ...called });
      const parsed = found.parse(opened.said);
      if (!parsed.ok) return refused(parsed.error);
      const result = await parsed.value(opened.caller);
      if (!result.ok) return refused(result.error);
      log({ event: 'CALL_COMPLETED', ...called, ms: now() - startedAt });
      return result.value;
    } catch (error) {
      log({ event: 'CALL_FAILED', ...called, fault: faultOf(error) });
      return { ok: false, error: { code: 'internal' } };
    }
  };
