import type { OperatorRole } from '../../../protocol';
import type { HeldCall } from './calls';
import type { ConsoleWords } from './console-words';
import type { PhoneUser } from './phone-user';

/** What a tour of the operators' pages goes by. */
export interface Visit {
  readonly user: PhoneUser;
  readonly words: ConsoleWords;
  readonly looks: (name: string) => Promise<void>;
  /** Says this instead of the service until it is released. */
  readonly forge: (action: string, reply: object) => Promise<HeldCall>;
  /** Opens the desk as one of the issuer's operators of that role. */
  readonly enters: (role: OperatorRole) => Promise<void>;
  readonly chooses: (name: string) => Promise<void>;
  readonly types: (label: string, text: string) => Promise<void>;
}
