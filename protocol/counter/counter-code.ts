import { isSessionHandle, sessionHandle, type SessionHandle } from '../ids';

/** What a counter's code begins with: no other code of ours does. */
const PREFIX = 'wechat-id:counter:';

/** The text of a counter's code: a random handle, and nothing that says who asks or for what. */
export const createCounterCode = (session: SessionHandle): string => `${PREFIX}${session}`;

/** Reads the text of a counter's code. @returns null where it is none */
export const parseCounterCode = (text: string): SessionHandle | null => {
  const handle = text.startsWith(PREFIX) ? text.slice(PREFIX.length) : '';
  return isSessionHandle(handle) ? sessionHandle(handle) : null;
};
