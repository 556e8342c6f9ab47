/** What came of a scan. */
export type Scanned =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly because: 'cancelled' | 'denied' | 'failed' };

/** Opens the super-app's scanner, for QR codes and, where asked, for bar codes too. */
export const scanCode = async (kinds: 'codes' | 'codes and bars' = 'codes'): Promise<Scanned> => {
  try {
    const { result } = await wx.scanCode({ scanType: kinds === 'codes' ? ['qrCode'] : ['qrCode', 'barCode'] });
    return { ok: true, text: result };
  } catch (error) {
    const message = typeof error === 'object' && error !== null && 'errMsg' in error ? String(error.errMsg) : '';
    if (message.includes('cancel')) return { ok: false, because: 'cancelled' };
    return { ok: false, because: /auth|deny|denied/.test(message) ? 'denied' : 'failed' };
  }
};
