/**
 * SOTER, WeChat's attested biometrics: the phone's secure hardware signs a challenge once its sensor knows the finger (SHA-256 with
 * RSASSA-PSS, salt of 20 bytes), and WeChat's server says whether a signature is that phone's and that user's.
 * https://developers.weixin.qq.com/miniprogram/dev/api/open-api/soter/wx.startSoterAuthentication.html
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/soter/api_verifysignature.html
 */
export const soter = {
  /** Names within `resultJSON`. The other four that are documented describe the hardware (`tee_n`, `tee_v`, `fp_n`, `fp_v`). */
  field: {
    /** The challenge that was signed. */
    raw: 'raw',
    /** Which finger, by the phone's own count; Android alone tells it. */
    finger: 'fid',
    /** Grows with every signature of the phone. Android writes a number, iOS its digits as a text. */
    counter: 'counter',
    /** Which phone. */
    cpu: 'cpu_id',
    /** Which app on that phone, as the system counts apps. */
    app: 'uid',
  },
  /** The longest challenge that a phone takes, in characters. */
  challengeLengthMax: 512,
  /** The longest text that a phone shows while it waits for the finger, in characters. */
  contentLengthMax: 42,
  mode: 'fingerPrint',
  /** Codes with which `startSoterAuthentication` fails. */
  failure: {
    unsupported: 90001,
    unauthorised: 90002,
    modeUnsupported: 90003,
    challenge: 90004,
    content: 90005,
    internal: 90007,
    cancelled: 90008,
    notRecognised: 90009,
    lockedOut: 90010,
    notEnrolled: 90011,
  },
  /** The server's interface, by its name for calls from a cloud function. */
  verification: { api: 'soter.verifySignature', openId: 'openid', json: 'json_string', signature: 'json_signature' },
} as const;
