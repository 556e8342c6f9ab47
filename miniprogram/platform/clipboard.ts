/** Puts a text where other apps can paste it from; the super-app says so itself. @returns whether that was done */
export const copyText = async (text: string): Promise<boolean> => {
  try {
    await wx.setClipboardData({ data: text });
    return true;
  } catch {
    return false;
  }
};
