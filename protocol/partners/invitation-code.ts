import { handle } from '../wire/schema';

/** What an invitation's code begins with: no other code of ours does. */
const PREFIX = 'wechat-id:join:';

const token = new RegExp(handle.pattern);
/** The code inside of a message; a longer run of the token's characters is none. */
const inMessage = new RegExp(`${PREFIX}([A-Za-z0-9_-]{22})(?![A-Za-z0-9_-])`);

/** Whether a text has the form of an invitation's token. */
export const isInvitationToken = (text: string): boolean => token.test(text);

/** The text of an invitation's code: the token, and nothing that says who invites or to what. */
export const createInvitationCode = (invitation: string): string => `${PREFIX}${invitation}`;

/** The token of an invitation's code, which may stand in a longer message. @returns null where there is none */
export const parseInvitationCode = (text: string): string | null => {
  const found = inMessage.exec(text)?.[1];
  return found !== undefined && isInvitationToken(found) ? found : null;
};
