/** The language that WeChat speaks to this user, as its own tag: `zh_CN`, `zh_TW`, `en`, … */
export const appLanguage = (): string => wx.getAppBaseInfo().language;
