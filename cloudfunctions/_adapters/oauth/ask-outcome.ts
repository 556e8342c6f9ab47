import { wordsOf } from './ask-refusal';
import { agreementOf } from './ask-answer';
import type { HeldStanding } from './held-answer';

/** How the holder answered, as the library keeps it until the token is given. */
interface Authentication {
  readonly acr: string;
  readonly amr: string[];
  /** In seconds since 1970. */
  readonly authTime: number;
}

/** What an ask has come to, in the words of OpenID Connect. */
export type AskOutcome =
  | { readonly kind: 'pending'; readonly isClaimed: boolean }
  | { readonly kind: 'granted'; readonly authentication: Authentication }
  | {
      readonly kind: 'refused';
      readonly error: 'access_denied' | 'expired_token' | 'unmet_authentication_requirements';
      readonly description: string;
    };

/** What an ask has come to (CIBA Core 1.0, section 11; OpenID Connect Core Error Code unmet_authentication_requirements 1.0). */
export const askOutcomeOf = (standing: HeldStanding): AskOutcome => {
  switch (standing.kind) {
    case 'waiting':
      return { kind: 'pending', isClaimed: standing.isClaimed };
    case 'answered': {
      const { acr, amr, auth_time: authTime } = agreementOf(standing);
      return { kind: 'granted', authentication: { acr, amr: [...amr], authTime } };
    }
    case 'declined':
      return { kind: 'refused', error: 'access_denied', description: 'the holder declined' };
    case 'hindered': {
      const description = wordsOf(standing.reason, "the holder's card cannot serve this now");
      return { kind: 'refused', error: 'unmet_authentication_requirements', description };
    }
    case 'over':
      return { kind: 'refused', error: 'expired_token', description: wordsOf('ask_over', 'ask the holder anew') };
  }
};
