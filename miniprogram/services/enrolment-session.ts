import type { DocumentFields } from '../protocol';
import type { Enrolment } from './enrolment';
import type { Side } from './routes';

/** How far the enrolment on this phone has come. Pictures are temporary files of the phone. */
export type Session =
  | { readonly at: 'none' }
  | {
      readonly at: 'consented';
      readonly enrolment: Enrolment;
      readonly pictures: Readonly<Partial<Record<Side, string>>>;
    }
  | {
      readonly at: 'read';
      readonly enrolment: Enrolment;
      readonly pictures: Readonly<Partial<Record<Side, string>>>;
      readonly fields: DocumentFields;
      /** Whether a guardian is to consent before the face is taken. */
      readonly needsGuardian: boolean;
    }
  | { readonly at: 'matched'; readonly enrolment: Enrolment; readonly nonce: string };

let session: Session = { at: 'none' };

/** Where the enrolment stands. It lives as long as the mini-program runs: pictures of a card are not kept. */
export const current = (): Session => session;

/** The holder has consented and a case is open. */
export const consented = (enrolment: Enrolment): void => {
  session = { at: 'consented', enrolment, pictures: {} };
};

/** A side was photographed, for the first time or anew. */
export const photographed = (side: Side, file: string): void => {
  if (session.at !== 'consented' && session.at !== 'read') return;
  session = { at: 'consented', enrolment: session.enrolment, pictures: { ...session.pictures, [side]: file } };
};

/** Both sides are to be photographed anew: neither picture is sent again. */
export const discarded = (): void => {
  if (session.at === 'consented' || session.at === 'read') consented(session.enrolment);
};

/** Both sides were read. @param needsGuardian whether a guardian is to consent before the face is taken */
export const read = (fields: DocumentFields, needsGuardian = false): void => {
  if (session.at !== 'consented') return;
  session = { at: 'read', enrolment: session.enrolment, pictures: session.pictures, fields, needsGuardian };
};

/** The face was found to be the card's. */
export const matched = (nonce: string): void => {
  if (session.at !== 'read') return;
  session = { at: 'matched', enrolment: session.enrolment, nonce };
};

/** Somebody has vouched for the face: a reviewer, or a counter. */
export const vouched = (enrolment: Enrolment, nonce: string): void => {
  session = { at: 'matched', enrolment, nonce };
};

/** The enrolment is over, well or not. */
export const ended = (): void => {
  session = { at: 'none' };
};
