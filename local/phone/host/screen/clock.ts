/** An instant as the phone's clocks show it: the phone is in China, wherever the browser is. @param at milliseconds since 1970 */
export const clockAt = (at: number): string =>
  new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Shanghai' });
