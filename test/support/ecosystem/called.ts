/** What a call of the phone's program came to. */
export type Called<Reply> =
  { readonly ok: true; readonly reply: Reply } | { readonly ok: false; readonly error: { readonly code: string } };

/** The reply. @throws Error quoting the refusal where it was refused */
export const hoped = async <Reply>(called: Promise<Called<Reply>>): Promise<Reply> => {
  const outcome = await called;
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.error)}`);
  return outcome.reply;
};

/** The refusal's code, or `ok` where it was none. */
export const codeOf = async (called: Promise<Called<unknown>>): Promise<string> => {
  const outcome = await called;
  return outcome.ok ? 'ok' : outcome.error.code;
};
