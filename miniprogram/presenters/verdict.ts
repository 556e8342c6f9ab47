import type { Refusal } from '../protocol';
import { guidance, type Language, type PhoneTrouble } from './guidance';

/** How a check that gave no answer is told to staff. */
export interface ToldVerdict {
  readonly tone: 'bad' | 'warn';
  readonly title: string;
  readonly text: string;
  /** What to do with the customer now. */
  readonly todo: string;
  /** Asking again with the same scan may help. */
  readonly canAskAgain: boolean;
}

type Unanswered = Refusal | PhoneTrouble;

/** A text that is not even spelled as a code was scanned from something else: no fault of the request. */
const codeOf = (refusal: Unanswered): Unanswered['code'] =>
  refusal.code === 'request_invalid' && refusal.at === '/code' ? 'code_not_recognised' : refusal.code;

type Kind = 'refuse' | 'rescan' | 'numbers' | 'undetermined' | 'registration';

const kindOf = (code: Unanswered['code']): Kind => {
  switch (code) {
    case 'unreachable':
    case 'storage_failed':
    case 'internal':
    case 'too_many_tries':
      return 'undetermined';
    case 'too_many_requests':
      return 'numbers';
    case 'code_not_recognised':
    case 'code_expired':
    case 'code_already_used':
    case 'purpose_mismatch':
    case 'other_terminal':
    case 'counter_needed':
      return 'rescan';
    case 'not_permitted':
    case 'caller_unknown':
    case 'purpose_not_registered':
    case 'quota_used':
    case 'claims_not_granted':
    case 'request_invalid':
      return 'registration';
    case 'suspended':
    case 'revoked':
    case 'expired':
    case 'tier_too_low':
      return 'refuse';
    // Refusals of other functions: a check never hears them, and if it did, nothing would be known of the card.
    case 'no_passes':
    case 'guardian_needed':
    case 'guardian_underage':
    case 'not_guardian':
    case 'not_found':
    case 'wrong_step':
    case 'card_limited':
    case 'kill_code_mistyped':
    case 'kill_code_unknown':
    case 'document_not_current':
    case 'consent_missing':
    case 'file_not_found':
    case 'not_an_image':
    case 'picture_too_large':
    case 'picture_damaged':
    case 'no_card_found':
    case 'wrong_side':
    case 'field_unreadable':
    case 'portrait_not_found':
    case 'no_face':
    case 'several_faces':
    case 'face_too_small':
    case 'picture_blurred':
    case 'not_live':
    case 'number_check_failed':
    case 'fields_disagree':
    case 'document_expired':
    case 'faces_differ':
    case 'authority_no_record':
    case 'authority_faces_differ':
    case 'selfie_unusable':
    case 'authority_unavailable':
    case 'key_proof_invalid':
    case 'identity_has_card':
    case 'account_has_card':
    case 'card_not_active':
    case 'serves_partner':
    case 'credit_code_invalid':
    case 'beyond_policy':
    case 'partner_registered':
    case 'invitation_over':
    case 'place_taken':
    case 'last_owner':
    case 'second_person_needed':
    case 'act_differs':
    case 'key_still_signing':
    case 'client_id_taken':
    case 'key_not_allowed':
    case 'last_key':
    case 'address_not_allowed':
    case 'token_invalid':
    case 'proof_invalid':
    case 'scope_insufficient':
    case 'method_not_allowed':
    case 'body_too_large':
    case 'media_type_unsupported':
    case 'idempotency_key_reused':
    case 'not_in_sandbox':
    case 'fingerprint_invalid':
    case 'fingerprint_used':
    case 'fingerprint_changed':
    case 'fingerprint_not_bound':
    case 'fingerprint_unavailable':
    case 'step_up_missing':
    case 'session_over':
    case 'session_taken':
    case 'ask_over':
    case 'presentation_invalid':
      return 'undetermined';
  }
};

const words = {
  zh: {
    refuse: ['不能接受', '请对方出示实体身份证。'],
    rescan: ['这个码不能用', '请对方在自己的手机上重新出示，再扫一次；不要扫截图。'],
    undetermined: ['未能确定', '既不是有效，也不是无效。请检查网络后重试；仍不行时请对方出示实体身份证。'],
    numbers: ['错误的号码太多', '请改扫对方屏幕上的二维码；号码过一分钟又能用。'],
    registration: ['本店不能这样查验', '请联系贵店的管理员。'],
  },
  en: {
    refuse: ['Do not accept it', 'Ask for the physical identity card.'],
    rescan: [
      'This code does not serve',
      'Ask for the card to be shown anew on their own phone and scan again. Do not scan screenshots.',
    ],
    undetermined: [
      'Not determined',
      'It is neither valid nor refused. Check the network and ask again; failing that, ask for the physical card.',
    ],
    numbers: ['Too many wrong numbers', 'Scan the QR code on their phone instead; numbers serve again in a minute.'],
    registration: ['Your shop cannot check this', 'Tell the manager of your shop.'],
  },
} as const;

/** The verdict of a refused or unanswered check. */
export const tellVerdict = (refusal: Unanswered, language: Language): ToldVerdict => {
  const code = codeOf(refusal);
  const kind = kindOf(code);
  const [title, todo] = words[language][kind];
  return {
    tone: kind === 'undetermined' || kind === 'rescan' || kind === 'numbers' ? 'warn' : 'bad',
    title,
    text: guidance(code, language),
    todo,
    canAskAgain: kind === 'undetermined',
  };
};
