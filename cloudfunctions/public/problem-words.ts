import type { ProblemCode } from '../_adapters/runtime/problem-table';

/** The words of `problemTable` in Chinese, for whoever looks a problem up in a browser: none is left out. */
export const chineseProblems: Readonly<Record<ProblemCode, { readonly title: string; readonly detail: string }>> = {
  caller_unknown: {
    title: '未发送访问令牌',
    detail: '请在 Authorization 头中以 DPoP 方式发送访问令牌，并在 DPoP 头中发送持有证明。',
  },
  token_invalid: {
    title: '访问令牌无效',
    detail: '请重新获取令牌。令牌有效五分钟，须与获取时所用的密钥一同使用。',
  },
  proof_invalid: {
    title: '持有证明无效',
    detail: '每次请求都须重新签名：写明请求方法、不含查询参数的地址和令牌的散列值，并校准服务器时钟。',
  },
  scope_insufficient: {
    title: '访问令牌不允许此操作',
    detail: '请以 WWW-Authenticate 头中写明的 scope 重新获取令牌。',
  },
  not_in_sandbox: {
    title: '沙盒不提供此功能',
    detail: '请勿发送 presentation_nonce：沙盒不签发凭证，只以声明答复。',
  },
  request_invalid: {
    title: '请求格式有误',
    detail: '请改正“at”所指之处（请求体内的 JSON Pointer，或请求头的名称）后重新发送。',
  },
  media_type_unsupported: { title: '请求体不是 JSON', detail: '请以 UTF-8 编码的 application/json 发送。' },
  body_too_large: { title: '请求体过大', detail: '任何请求都不需要超过 8 KiB。请只发送所需内容。' },
  method_not_allowed: { title: '此地址不接受这种方法', detail: '请使用 Allow 头中列出的方法。' },
  not_found: {
    title: '没有这样属于您的内容',
    detail: '请与您收到的地址核对。属于其他客户端的内容，看起来也是如此。',
  },
  idempotency_key_reused: {
    title: '幂等键已用于另一请求',
    detail: '每次扫码请使用新的幂等键；只有在未收到应答时，才原样重发同一请求。',
  },
  wrong_step: {
    title: '另一个调用先到',
    detail: '请重新发送同一请求；如果是报告比对结果，则此前已报告过不同的结果，或十分钟已过。',
  },
  too_many_requests: { title: '请求过于频繁', detail: '请按 Retry-After 头所示的秒数等待。' },
  internal: { title: '服务方出现故障', detail: '请稍后以同一幂等键重新发送同一请求。' },
  purpose_not_registered: { title: '用途未登记', detail: '请联系平台运营人员，为此用途办理登记。' },
  claims_not_granted: {
    title: '所请求的信息超出授权',
    detail: '请只请求已登记的信息，或不写“claims”以获取全部已登记的信息。',
  },
  quota_used: { title: '今日核验次数已用完', detail: '请在北京时间零点之后继续，或联系平台运营人员提高限额。' },
  code_not_recognised: {
    title: '不是本服务的码',
    detail: '请重新扫描持卡人身份卡上的二维码；码下方的数字只供收银员使用。',
  },
  code_expired: { title: '码已过期', detail: '请重新扫描：手机每 15 秒更新一次。请使用新的幂等键。' },
  code_already_used: { title: '此码已核验过', detail: '请持卡人重新出示身份卡，然后再次扫描。' },
  purpose_mismatch: { title: '出示的用途不同', detail: '请持卡人按您的用途出示身份卡。' },
  other_terminal: {
    title: '此码属于另一柜台',
    detail: '请发送开启会话时所用的柜台名称，或另开一个会话请持卡人扫码。',
  },
  counter_needed: {
    title: '此用途需要柜台先出示码',
    detail: '请开启柜台会话，显示会话的码，并请持卡人扫码。',
  },
  tier_too_low: { title: '身份卡等级不足', detail: '请持卡人在服务柜台提升等级后再来。' },
  suspended: { title: '身份卡已停用', detail: '请勿接受。持卡人恢复使用后可再次出示。' },
  revoked: { title: '身份卡已吊销', detail: '请勿接受。' },
  expired: { title: '身份卡已到期', detail: '请勿接受。持卡人更新后可再次出示。' },
};
