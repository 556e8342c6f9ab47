import { GUARDED_BELOW, type CalendarDate, type GuardianStep } from '../../../protocol';
import { isOfAge } from '../card/identity';
import type { ProofedDocument } from '../enrolment/case';
import type { Guardian, GuardianConsent } from './guardian';

interface Guarded {
  readonly document: Pick<ProofedDocument, 'fields'>;
  readonly guardian: GuardianConsent | null;
}

/** Whether a person needs a guardian's consent on a day: from the 14th birthday on nobody does. */
export const isGuarded = (person: { readonly birthDate: string }, today: CalendarDate): boolean =>
  !isOfAge(person, GUARDED_BELOW, today);

/** How far the consent has come that a case needs; null where its document's holder needs none. */
export const guardianStepOf = ({ document, guardian }: Guarded, today: CalendarDate): GuardianStep | null => {
  if (!isGuarded({ birthDate: document.fields.birthDate.value }, today)) return null;
  if (!guardian) return 'needed';
  return guardian.confirmedBy === null ? 'unconfirmed' : 'given';
};

/** Whether a case may not go on for want of a guardian's consent that holds. */
export const lacksGuardian = (found: Guarded, today: CalendarDate): boolean => {
  const step = guardianStepOf(found, today);
  return step !== null && step !== 'given';
};

/** What the card of a case keeps of the guardian: nothing where none is needed on that day. */
export const guardianOf = (found: Guarded, today: CalendarDate): Guardian | null => {
  if (guardianStepOf(found, today) !== 'given' || !found.guardian?.confirmedBy) return null;
  const { key, at, text, confirmedBy } = found.guardian;
  return { key, at, text, confirmedBy, withdrawn: null };
};
