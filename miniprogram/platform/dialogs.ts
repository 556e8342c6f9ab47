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

/** Says something in passing. */
export const say = (text: string): void => {
  void wx.showToast({ title: text, icon: 'none', duration: 2500 });
};
