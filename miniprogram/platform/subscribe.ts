/** Whether the user takes one message: they do, they do not, they have switched such messages off, or it cannot be asked now. */
export type MessageConsent = 'accepted' | 'declined' | 'switched-off' | 'unavailable';

/** The user's main switch for subscribe messages is off: WeChat asks nothing then. */
const SWITCHED_OFF = 20004;

/**
 * Has the super-app ask whether the user takes one message. WeChat shows its dialogue after a tap alone, so nothing may be awaited between
 * the tap and this.
 * @param template the super-app's name of the message
 */
export const askForMessage = async (template: string): Promise<MessageConsent> => {
  try {
    const asked: Readonly<Record<string, unknown>> = await wx.requestSubscribeMessage({ tmplIds: [template] });
    if (asked[template] === 'accept') return 'accepted';
    // `ban` and `filter` are the platform's word on the template, not the user's.
    return asked[template] === 'reject' ? 'declined' : 'unavailable';
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'errCode' in error ? error.errCode : undefined;
    return code === SWITCHED_OFF ? 'switched-off' : 'unavailable';
  }
};

/** Opens the super-app's settings of this mini-program, with those of its messages. */
export const openMessageSettings = async (): Promise<void> => {
  await wx.openSetting({ withSubscriptions: true });
};
