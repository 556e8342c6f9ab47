import type { ToldRefusal } from '../../presenters/refusal';
import { discarded, ended } from '../../services/enrolment-session';
import { go, replace, restartAt } from '../../services/routes';

/** Follows a refusal to its next step. @param again does the refused step once more */
export const follow = async ({ next }: ToldRefusal, again: () => Promise<void>): Promise<void> => {
  switch (next) {
    case 'retake-document':
      discarded();
      return replace({ page: 'capture', side: 'front' });
    case 'retake-front':
      return replace({ page: 'capture', side: 'front' });
    case 'retake-back':
      return replace({ page: 'capture', side: 'back' });
    case 'retake-selfie':
      return replace({ page: 'selfie' });
    case 'try-again':
      return again();
    case 'bind-finger':
      return replace({ page: 'security' });
    case 'ask-guardian':
      return replace({ page: 'guardian' });
    case 'start-again':
    case 'enrol-anew':
      ended();
      await restartAt({ page: 'home' });
      return go({ page: 'consent' });
    case 'home':
      ended();
      return restartAt({ page: 'home' });
  }
};
