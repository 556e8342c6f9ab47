/** What is said of refusals that operators alone meet. */
export const consoleGuidance = {
  second_person_needed: {
    zh: '此操作须由另一位操作员确认。',
    en: 'Another operator must confirm this.',
  },
  act_differs: {
    zh: '待确认的内容与提交的不一致，请重新打开核对。',
    en: 'This is not what was proposed. Open it again and compare.',
  },
  key_still_signing: {
    zh: '此密钥仍在签发或尚未启用，换发后仍由它签发。请先启用新密钥，再提议换发。',
    en: 'This key signs now, or is yet to: its cards would be signed by it again. Let another key sign first, then renew.',
  },
  client_id_taken: {
    zh: '此服务器编号已被使用，请另选一个，或由系统生成。',
    en: 'This client id is taken. Choose another one, or leave it empty to have one drawn.',
  },
  key_not_allowed: {
    zh: '此公钥不能登记：不是所要求的曲线上的点，名称或公钥用过，或已有四把。请让对方换一把，或先撤下一把。',
    en: 'This key cannot be entered: it is no point of P-256, it or its name was used before, or there are four already. Have another one made, or withdraw one first.',
  },
  last_key: {
    zh: '这是最后一把公钥，撤下后服务器将无法证明身份。请先登记新公钥，或终止此服务器。',
    en: 'This is the last key: without it the server could not prove who it is. Enter another one first, or end the server.',
  },
  address_not_allowed: {
    zh: '地址不能登记：须为公网域名的 https 地址，不带通配符和片段，不用数字地址。',
    en: 'This address cannot be entered: it must be https at a public name, without wildcard, fragment or IP address.',
  },
} as const;
