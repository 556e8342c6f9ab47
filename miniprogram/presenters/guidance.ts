import type { ErrorCode } from '../protocol';
import { consoleGuidance } from './guidance-console';

/** Languages of the screens. */
export type Language = 'zh' | 'en';

/** What went wrong on the phone itself: no answer came, its storage failed, or it has no offline pass left. */
export interface PhoneTrouble {
  readonly code: 'unreachable' | 'storage_failed' | 'no_passes';
}

/** What a person reads of a refusal: what happened, and what to do. */
interface Words {
  readonly zh: string;
  readonly en: string;
}

const words = {
  unreachable: { zh: '没有收到回应，请检查网络后再试一次。', en: 'No answer came. Check the network and try again.' },
  storage_failed: {
    zh: '手机存储读写失败，请清理空间后再试一次。',
    en: "The phone's storage failed. Free some space and try again.",
  },
  no_passes: {
    zh: '本机没有可用的离线通行码。联网打开小程序后会自动领取。',
    en: 'No offline pass is left on this phone. New ones are fetched as soon as it is online.',
  },
  request_invalid: {
    zh: '请求有误，请更新小程序后再试。',
    en: 'The request was malformed. Update the app and try again.',
  },
  caller_unknown: { zh: '请在微信中打开后再试。', en: 'Open this inside WeChat and try again.' },
  not_permitted: {
    zh: '此账号没有该权限，请联系管理员。',
    en: 'This account may not do that. Ask your administrator.',
  },
  not_found: { zh: '没有找到，请从首页重新开始。', en: 'Nothing was found. Start again from the first screen.' },
  wrong_step: { zh: '这一步已完成或已过期，请重新开始。', en: 'This step is over or has expired. Start again.' },
  too_many_requests: { zh: '请求过于频繁，请过一会儿再试。', en: 'That was asked too often. Try again in a while.' },
  too_many_tries: {
    zh: '尝试次数已用完，请明天再试或到柜台办理。',
    en: 'No tries are left. Come back tomorrow or visit a counter.',
  },
  internal: { zh: '服务出错，请稍后再试。', en: 'Something failed on our side. Try again later.' },

  consent_missing: {
    zh: '需要您分别同意使用证件和人脸。',
    en: 'Your consent to use the document and the face is needed, each by itself.',
  },
  file_not_found: { zh: '照片没有上传成功，请重新拍摄。', en: 'The picture did not arrive. Take it again.' },
  not_an_image: {
    zh: '文件不是照片，请使用 JPEG 或 PNG 照片。',
    en: 'The file is no picture. Use a JPEG or PNG photograph.',
  },
  picture_too_large: {
    zh: '照片过大，请用 8 MB、5000 万像素以内的照片。',
    en: 'The picture is too large. Use one of at most 8 MB and 50 megapixels.',
  },
  picture_damaged: { zh: '照片已损坏，请重新拍摄。', en: 'The picture is damaged. Take it again.' },
  no_card_found: {
    zh: '没有找到身份证，请将整张证件放入取景框，并避开反光。',
    en: 'No card was found. Put the whole card inside the frame and avoid glare.',
  },
  wrong_side: { zh: '证件拍反了，请翻到另一面。', en: 'This is the other side. Turn the card over.' },
  field_unreadable: {
    zh: '有内容看不清，请避开反光、对准后重拍。',
    en: 'Some fields cannot be read. Avoid glare, hold still and take it again.',
  },
  portrait_not_found: {
    zh: '证件照看不清，请避开反光后重拍。',
    en: 'The portrait on the card cannot be seen. Avoid glare and take it again.',
  },
  no_face: { zh: '没有看到人脸，请正对镜头。', en: 'No face was seen. Face the camera.' },
  several_faces: { zh: '画面中有多张人脸，请独自拍摄。', en: 'Several faces were seen. Take the picture alone.' },
  face_too_small: { zh: '人脸太小，请靠近一些。', en: 'The face is too small. Come closer.' },
  picture_blurred: {
    zh: '照片模糊，请拿稳手机重拍。',
    en: 'The picture is blurred. Hold the phone still and take it again.',
  },
  not_live: {
    zh: '未能确认是本人实拍，请在光线好的地方重拍。',
    en: 'It could not be told that you are there in person. Take it again in good light.',
  },

  number_check_failed: {
    zh: '身份证号码校验未通过，请重拍证件。',
    en: 'The identity number fails its check. Take the card again.',
  },
  fields_disagree: {
    zh: '证件内容互相矛盾，请重拍或到柜台办理。',
    en: 'Fields of the card contradict each other. Take it again or visit a counter.',
  },
  document_expired: { zh: '身份证已过期，请换领新证后再办理。', en: 'The identity card has expired. Renew it first.' },
  faces_differ: {
    zh: '自拍与证件照不是同一人，请本人重拍。',
    en: 'The selfie and the portrait differ. The card holder must take it.',
  },
  authority_no_record: {
    zh: '姓名与号码核对不一致，请核对证件或到柜台办理。',
    en: 'Name and number do not match the register. Check the card or visit a counter.',
  },
  authority_faces_differ: {
    zh: '与登记照片不一致，请到柜台办理。',
    en: 'The face differs from the register. Visit a counter.',
  },
  selfie_unusable: {
    zh: '核验机构无法使用这张自拍，请在光线好的地方正对镜头重拍。',
    en: 'The authority cannot use this selfie. Face the camera in good light and take it again.',
  },
  authority_unavailable: {
    zh: '核验机构暂不可用，请稍后再试。',
    en: 'The authority does not answer. Try again later.',
  },

  key_proof_invalid: { zh: '本机密钥验证失败，请重新开始。', en: "The proof of this phone's key failed. Start again." },
  identity_has_card: {
    zh: '该身份已在另一账号办理虚拟身份卡。如非本人操作，请到柜台办理。',
    en: 'This identity has a card on another account. If that was not you, visit a counter.',
  },
  account_has_card: {
    zh: '此账号已绑定另一身份，请使用您本人的账号。',
    en: 'This account has the card of another identity. Use your own account.',
  },
  card_not_active: {
    zh: '虚拟身份卡现在不能使用：停用的请先恢复，到期的请重新办理，被吊销的请到柜台咨询。',
    en: 'The card cannot be used now. Resume it if you suspended it, enrol again if it has expired, and visit a counter if it was revoked.',
  },
  card_limited: {
    zh: '虚拟身份卡刚换到新手机，24 小时内只能办理不需再次验证的轻量事项。',
    en: 'The card came to a new phone: for 24 hours it serves light tasks alone.',
  },
  kill_code_mistyped: {
    zh: '停用码输入有误，请逐字核对。',
    en: 'There is a mistake in the kill code. Compare it character by character.',
  },
  kill_code_unknown: {
    zh: '没有停用任何虚拟身份卡：停用码不对，或对应的虚拟身份卡早已停用。',
    en: 'No card was stopped: the code is not right, or its card was stopped before.',
  },
  document_not_current: {
    zh: '这张身份证已挂失、换领或到期，请用新领的身份证办理。',
    en: 'This identity card was reported lost, replaced or over. Enrol with the new one.',
  },
  guardian_needed: {
    zh: '未满 14 周岁，须由父母或其他监护人先在自己的手机上同意，才能拍摄人脸。',
    en: 'Under 14, a parent or other guardian must consent on their own phone before the face is photographed.',
  },
  guardian_underage: {
    zh: '监护人须年满 18 周岁。请由父母或其他成年监护人同意。',
    en: 'A guardian must be at least 18. Ask a parent or another guardian who is of age.',
  },
  not_guardian: {
    zh: '登记机关的记录显示您不是这名未成年人的监护人。请由其监护人同意；如记录有误，请联系户籍机关更正。',
    en: "By the register you are not this child's guardian. Let a guardian consent; if the register is wrong, have it put right first.",
  },

  tier_too_low: {
    zh: '这项用途需要彩卡。持证人请带身份证到柜台升级。',
    en: 'This task needs a colour card. A counter upgrades it for a holder who brings the physical card.',
  },
  counter_needed: {
    zh: '这项用途须先扫描柜台上的码，再出示虚拟身份卡。',
    en: "For this task scan the counter's code first, then show the card.",
  },
  step_up_missing: {
    zh: '这项用途需要您当场再验证一次：请再试一次并按提示触摸指纹。',
    en: 'This task needs you to prove yourself once more, now. Try again and touch the sensor.',
  },
  session_over: {
    zh: '柜台的码已失效，请柜台刷新后重新扫描。',
    en: "The counter's code is over. Ask for a fresh one and scan it.",
  },
  session_taken: {
    zh: '这个柜台码已被别人扫过，请柜台刷新后重新扫描。',
    en: 'Somebody else has scanned this code. Ask the counter for a fresh one.',
  },
  ask_over: {
    zh: '请求已答复、已拒绝或已超时。提供过什么，请看使用记录；如仍要办理，请让对方重新发起。',
    en: 'It was answered, declined, or not answered in time. Your history shows what was told; if you still want to go on, have them ask again.',
  },
  presentation_invalid: {
    zh: '本机的电子凭证未通过核对，没有提供任何信息。请在首页更新卡片后再试。',
    en: "Your phone's credential did not pass the check, and nothing was told. Renew the card on the first screen, then try again.",
  },

  fingerprint_invalid: {
    zh: '指纹验证没有通过，请再验一次。',
    en: 'The fingerprint was not confirmed. Try it again.',
  },
  fingerprint_used: {
    zh: '这次指纹验证已经用过，请重新验证指纹。',
    en: 'This touch was used before. Touch the sensor again.',
  },
  fingerprint_changed: {
    zh: '指纹或手机与绑定时不同，请先重新拍摄人脸，再绑定指纹。',
    en: 'The finger or the phone is another than before. Show your face again first, then bind the fingerprint.',
  },
  fingerprint_not_bound: {
    zh: '虚拟身份卡还没有绑定指纹，请先拍摄人脸并绑定指纹。',
    en: 'The card has no fingerprint yet. Show your face and bind one first.',
  },
  fingerprint_unavailable: {
    zh: '微信暂时无法验证指纹，请稍后再试。',
    en: 'WeChat cannot confirm fingerprints right now. Try again later.',
  },

  code_not_recognised: {
    zh: '不是有效的虚拟身份卡码，请让对方重新出示。',
    en: 'Not a code of this card. Ask for it to be shown again.',
  },
  code_expired: {
    zh: '码已过期，请让对方刷新后再扫。',
    en: 'The code has expired. Ask for a fresh one and scan again.',
  },
  code_already_used: {
    zh: '此码已被使用，请让对方重新出示。',
    en: 'The code was used already. Ask for the card to be shown anew.',
  },
  suspended: { zh: '虚拟身份卡已被持证人停用，不能使用。', en: 'The holder has suspended the card. Do not accept it.' },
  revoked: { zh: '虚拟身份卡已被吊销，不能使用。', en: 'The card is revoked. Do not accept it.' },
  expired: { zh: '虚拟身份卡已到期，不能使用。', en: 'The card has expired. Do not accept it.' },
  purpose_not_registered: {
    zh: '贵店未登记此用途，请向平台申请。',
    en: 'Your shop is not registered for this purpose. Apply for it first.',
  },
  claims_not_granted: {
    zh: '贵店未登记这些信息，请只查验已登记的内容。',
    en: 'Your shop is not registered for these claims. Ask only for those that it is registered for.',
  },
  other_terminal: {
    zh: '对方的码是给另一个柜台的，请对方重新扫描本柜台的码。',
    en: "The card was shown for another counter. Ask for your counter's code to be scanned.",
  },
  purpose_mismatch: {
    zh: '对方出示的用途与这里选的不同。请在这里改选，或请对方按这项用途重新出示。',
    en: 'The card was shown for another task than the one chosen here. Choose theirs, or ask for it to be shown for this one.',
  },

  serves_partner: {
    zh: '此账号已在一家商户任职，请先退出该商户。',
    en: 'This account works for a business already. Leave that one first.',
  },
  credit_code_invalid: {
    zh: '统一社会信用代码有误，请照营业执照重新填写。',
    en: 'The social credit code fails its check. Copy it again from the licence.',
  },
  beyond_policy: {
    zh: '所列信息超出用途允许或申请的范围，请减少后再提交。',
    en: 'These claims are more than the purpose allows or was applied for. Ask for fewer.',
  },
  partner_registered: {
    zh: '该统一社会信用代码已登记，请联系贵单位的负责人邀请您加入。',
    en: 'A business with this social credit code is registered. Ask its owner to invite you.',
  },
  invitation_over: {
    zh: '邀请已失效，请让对方重新发送。',
    en: 'The invitation does not work any more. Ask for a new one.',
  },
  place_taken: {
    zh: '仍有员工在此工作，请先调整员工。',
    en: 'Somebody still works there. Move them first.',
  },
  last_owner: {
    zh: '至少要有一位负责人，请先指定另一位。',
    en: 'There must be an owner. Name another one first.',
  },
  quota_used: {
    zh: '今日核验次数已用完，请联系平台。',
    en: "Today's checks are used up. Contact the service.",
  },

  ...consoleGuidance,

  token_invalid: { zh: '访问令牌无效，请重新获取。', en: 'The access token is not valid. Ask for a new one.' },
  proof_invalid: { zh: '持有证明无效，请重新签名。', en: 'The proof of possession is not valid. Sign a new one.' },
  scope_insufficient: { zh: '访问令牌不允许此操作。', en: 'The access token does not allow this.' },
  method_not_allowed: { zh: '此地址不接受这种请求。', en: 'This address takes no such request.' },
  body_too_large: { zh: '请求内容过大，请减少后重试。', en: 'The request is too large. Send less.' },
  media_type_unsupported: { zh: '请以规定的格式发送请求。', en: 'Send the request as JSON.' },
  idempotency_key_reused: {
    zh: '此幂等键已用于另一请求，请换用新的。',
    en: 'This idempotency key belongs to another request. Use a new one.',
  },
  not_in_sandbox: { zh: '沙盒不提供此功能。', en: 'The sandbox does not have this.' },
} as const satisfies Record<ErrorCode | PhoneTrouble['code'], Words>;

/** What to tell a person about a refusal. */
export const guidance = (code: ErrorCode | PhoneTrouble['code'], language: Language): string => words[code][language];
