import type { FieldName, Refusal } from '../protocol';
import { showMoment } from './days';
import { guidance, type Language, type PhoneTrouble } from './guidance';

/** What the holder can do next about a refusal. */
export type NextStep =
  | 'retake-front'
  | 'retake-back'
  | 'retake-document'
  | 'retake-selfie'
  | 'start-again'
  | 'try-again'
  | 'bind-finger'
  | 'enrol-anew'
  | 'ask-guardian'
  | 'home';

/** A refusal as a screen tells it. */
export interface ToldRefusal {
  readonly title: string;
  readonly text: string;
  /** What narrows it down: which fields, how many tries; empty where there is nothing. */
  readonly details: readonly string[];
  readonly next: NextStep;
  readonly nextName: string;
  /** The service was not reached: what needs no network may still go on. */
  readonly isOffline: boolean;
}

type Called = Refusal | PhoneTrouble;

const isOfPhone = (refusal: Called): refusal is PhoneTrouble =>
  refusal.code === 'unreachable' || refusal.code === 'storage_failed' || refusal.code === 'no_passes';

const fields: Readonly<Record<FieldName, { readonly zh: string; readonly en: string }>> = {
  name: { zh: '姓名', en: 'name' },
  sex: { zh: '性别', en: 'sex' },
  ethnicity: { zh: '民族', en: 'ethnicity' },
  birthDate: { zh: '出生日期', en: 'date of birth' },
  address: { zh: '住址', en: 'address' },
  number: { zh: '公民身份号码', en: 'identity number' },
  issuingAuthority: { zh: '签发机关', en: 'issuing authority' },
  validFrom: { zh: '有效期起始', en: 'valid from' },
  validTo: { zh: '有效期截止', en: 'valid to' },
};

/** What a field of the card is called. */
export const fieldName = (field: FieldName, language: Language): string => fields[field][language];

const names = {
  zh: {
    'retake-front': '重拍人像面',
    'retake-back': '重拍国徽面',
    'retake-document': '重拍证件',
    'retake-selfie': '重拍自拍',
    'start-again': '重新开始',
    'try-again': '再试一次',
    'bind-finger': '绑定指纹',
    'enrol-anew': '重新办理',
    'ask-guardian': '请监护人同意',
    home: '返回首页',
  },
  en: {
    'retake-front': 'Retake the portrait side',
    'retake-back': 'Retake the emblem side',
    'retake-document': 'Retake the card',
    'retake-selfie': 'Retake the selfie',
    'start-again': 'Start again',
    'try-again': 'Try again',
    'bind-finger': 'Bind the fingerprint',
    'enrol-anew': 'Enrol again',
    'ask-guardian': 'Ask a guardian',
    home: 'Back to the first screen',
  },
} as const satisfies Record<Language, Record<NextStep, string>>;

const titles = {
  zh: {
    picture: '照片需要重拍',
    selfie: '自拍需要重拍',
    finger: '指纹没有通过',
    bind: '请先绑定指纹',
    facts: '暂时无法办理',
    waiting: '请稍后再试',
    offline: '网络不通',
    phone: '手机存储有问题',
  },
  en: {
    picture: 'The picture must be taken again',
    selfie: 'The selfie must be taken again',
    finger: 'The fingerprint was not confirmed',
    bind: 'Bind your fingerprint first',
    facts: 'This cannot go on for now',
    waiting: 'Try again in a while',
    offline: 'No connection',
    phone: "The phone's storage failed",
  },
} as const;

type Title = keyof (typeof titles)['zh'];

interface Kind {
  readonly title: Title;
  readonly next: NextStep;
}

const ofPictures = {
  front: { title: 'picture', next: 'retake-front' },
  back: { title: 'picture', next: 'retake-back' },
  selfie: { title: 'selfie', next: 'retake-selfie' },
} as const satisfies Record<string, Kind>;

const ofPicture = ({ picture }: Refusal): Kind =>
  picture === undefined ? { title: 'picture', next: 'retake-document' } : ofPictures[picture];

const kindOf = (refusal: Called): Kind => {
  switch (refusal.code) {
    case 'no_passes':
      return { title: 'facts', next: 'home' };
    case 'unreachable':
      return { title: 'offline', next: 'try-again' };
    case 'storage_failed':
      return { title: 'phone', next: 'try-again' };
    case 'internal':
    case 'authority_unavailable':
    case 'fingerprint_unavailable':
      return { title: 'waiting', next: 'try-again' };
    case 'file_not_found':
    case 'not_an_image':
    case 'picture_too_large':
    case 'picture_damaged':
    case 'no_card_found':
    case 'wrong_side':
    case 'field_unreadable':
    case 'portrait_not_found':
    case 'picture_blurred':
    case 'number_check_failed':
    case 'fields_disagree':
      return ofPicture(refusal);
    case 'no_face':
    case 'several_faces':
    case 'face_too_small':
    case 'not_live':
    case 'faces_differ':
    case 'selfie_unusable':
      return { title: 'selfie', next: 'retake-selfie' };
    case 'fingerprint_invalid':
    case 'fingerprint_used':
      return { title: 'finger', next: 'try-again' };
    case 'fingerprint_changed':
    case 'fingerprint_not_bound':
      return { title: 'bind', next: 'bind-finger' };
    case 'step_up_missing':
      return { title: 'facts', next: 'try-again' };
    case 'guardian_needed':
      return { title: 'facts', next: 'ask-guardian' };
    case 'consent_missing':
    case 'wrong_step':
    case 'key_proof_invalid':
    case 'not_found':
      return { title: 'facts', next: 'start-again' };
    case 'guardian_underage':
    case 'not_guardian':
    case 'request_invalid':
    case 'caller_unknown':
    case 'not_permitted':
    case 'too_many_tries':
    case 'too_many_requests':
    case 'card_limited':
    case 'kill_code_mistyped':
    case 'kill_code_unknown':
    case 'document_not_current':
    case 'document_expired':
    case 'authority_no_record':
    case 'authority_faces_differ':
    case 'identity_has_card':
    case 'account_has_card':
    case 'card_not_active':
    case 'code_not_recognised':
    case 'code_expired':
    case 'code_already_used':
    case 'suspended':
    case 'revoked':
    case 'expired':
    case 'tier_too_low':
    case 'counter_needed':
    case 'session_over':
    case 'session_taken':
    case 'ask_over':
    case 'presentation_invalid':
    case 'purpose_not_registered':
    case 'claims_not_granted':
    case 'other_terminal':
    case 'purpose_mismatch':
    case 'serves_partner':
    case 'credit_code_invalid':
    case 'beyond_policy':
    case 'partner_registered':
    case 'invitation_over':
    case 'place_taken':
    case 'last_owner':
    case 'quota_used':
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
      return { title: 'facts', next: 'home' };
  }
};

const detailsOf = (refusal: Called, next: NextStep, language: Language): string[] => {
  const details: string[] = [];
  if (!isOfPhone(refusal) && refusal.fields && refusal.fields.length > 0) {
    const named = refusal.fields.map((field) => fieldName(field, language));
    details.push(
      language === 'zh' ? `看不清或有矛盾：${named.join('、')}` : `Unclear or contradictory: ${named.join(', ')}`,
    );
  }
  if (!isOfPhone(refusal) && refusal.until !== undefined) {
    const until = showMoment(refusal.until, language);
    details.push(language === 'zh' ? `${until} 后可用` : `From ${until} it serves again`);
  }
  if (!isOfPhone(refusal) && next !== 'home' && (refusal.triesLeft ?? 0) > 0) {
    const left = String(refusal.triesLeft);
    details.push(language === 'zh' ? `还可以再试 ${left} 次` : `Tries left: ${left}`);
  }
  return details;
};

/** How to tell the holder of a refusal, and what can be done about it: there is always something. */
export const tellRefusal = (refusal: Called, language: Language): ToldRefusal => {
  const kind = kindOf(refusal);
  // A step without tries left is over: taking the picture again would only be refused again. A final word says so itself.
  const isOver = !isOfPhone(refusal) && refusal.triesLeft === 0 && kind.next !== 'home';
  const { title, next } = isOver ? ({ title: 'facts', next: 'home' } as const) : kind;
  const code: Called['code'] = isOver ? 'too_many_tries' : refusal.code;
  return {
    title: titles[language][title],
    text: guidance(code, language),
    details: detailsOf(refusal, next, language),
    next,
    nextName: names[language][next],
    isOffline: refusal.code === 'unreachable',
  };
};
