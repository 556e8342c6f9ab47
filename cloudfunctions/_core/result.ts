import type { ErrorCode } from '../../protocol';
import type { Refusal } from '../../protocol';

/** What a use case comes to: its value, or a refusal that the caller may hear. */
export type Result<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: Refusal };

/** A use case's success. */
export const done = <Value>(value: Value): Result<Value> => ({ ok: true, value });

/** A use case's refusal. @param detail what narrows it down; never a value of a person's */
export const refuse = (code: ErrorCode, detail: Omit<Refusal, 'code'> = {}): { ok: false; error: Refusal } => ({
  ok: false,
  error: { code, ...detail },
});
