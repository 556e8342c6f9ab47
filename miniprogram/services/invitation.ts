import {
  createInvitationCode,
  parseInvitationCode,
  type InviteStaffReply,
  type InviteStaffRequest,
  type WithoutAction,
} from '../protocol';
import type { Called } from './call';
import { inviteStaff } from './partner';

/** An invitation that was made on this phone. Its token was told once and is stored nowhere: it is forgotten with its page. */
export interface MadeInvitation {
  readonly code: string;
  readonly expiresAt: number;
  readonly role: InviteStaffRequest['role'];
}

let made: MadeInvitation | null = null;

/** Invites a colleague, and remembers the invitation for the page that shows it. */
export const invite = async (request: WithoutAction<InviteStaffRequest>): Promise<Called<InviteStaffReply>> => {
  const called = await inviteStaff(request);
  if (called.ok) {
    const { token, expiresAt } = called.reply;
    made = { code: createInvitationCode(token), expiresAt, role: request.role };
  }
  return called;
};

/** The invitation that was made last; null where there is none, or its page is gone. */
export const madeInvitation = (): MadeInvitation | null => made;

export const forgetInvitation = (): void => {
  made = null;
};

/** The token in what was scanned or pasted; null where there is none. */
export const tokenIn = (text: string): string | null => parseInvitationCode(text);

export { copyText } from '../platform/clipboard';
