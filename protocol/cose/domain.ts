import { utf8Encode } from '../bytes/utf8';

/** What a signed message is for, by name; also the audience of those that are sent to the service. */
export const domain = {
  code: 'wechat-id/code',
  mint: 'wechat-id/mint',
  pass: 'wechat-id/pass',
  passKeys: 'wechat-id/pass-keys',
  passShowing: 'wechat-id/pass-showing',
  showing: 'wechat-id/showing',
  deletion: 'wechat-id/deletion',
  export: 'wechat-id/export',
  guardian: 'wechat-id/guardian',
} as const;

/** The name of a use as the external data of its signatures: a signature made for one use is false for every other. */
export const externalAad = {
  code: utf8Encode(domain.code),
  mint: utf8Encode(domain.mint),
  pass: utf8Encode(domain.pass),
  passKeys: utf8Encode(domain.passKeys),
  passShowing: utf8Encode(domain.passShowing),
  showing: utf8Encode(domain.showing),
  deletion: utf8Encode(domain.deletion),
  export: utf8Encode(domain.export),
  guardian: utf8Encode(domain.guardian),
} as const satisfies Record<keyof typeof domain, Uint8Array>;
