/** A question with two answers. */
export interface Question {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
}

/** Asks; true for yes. */
export const ask = async ({ title, text, yes, no }: Question): Promise<boolean> => {
  const { confirm } = await wx.showModal({ title, content: text, confirmText: yes, cancelText: no });
  return confirm;
};

/** Tells what must be read; it stays until it is answered. */
export const tell = async ({ title, text, ok }: { title: string; text: string; ok: string }): Promise<void> => {
  await wx.showModal({ title, content: text, confirmText: ok, showCancel: false });
};

/** Says something in passing. */
export const say = (text: string): void => {
  void wx.showToast({ title: text, icon: 'none', duration: 2500 });
};

/** Has one of at most six things chosen. @returns its index, or null where none was */
export const choose = async (things: readonly string[]): Promise<number | null> => {
  try {
    return (await wx.showActionSheet({ itemList: [...things] })).tapIndex;
  } catch {
    // WeChat rejects where the user taps elsewhere.
    return null;
  }
};
