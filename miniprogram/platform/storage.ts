/** The phone's own storage, encrypted by the super-app. */

/** What was kept under the key, or null. */
export const load = async (key: string): Promise<unknown> => {
  try {
    const { data } = await wx.getStorage<unknown>({ key, encrypt: true });
    return data;
  } catch {
    // WeChat rejects a key that was never kept.
    return null;
  }
};

export const keep = async (key: string, data: unknown): Promise<void> => {
  await wx.setStorage({ key, data, encrypt: true });
};

export const forget = async (key: string): Promise<void> => {
  await wx.removeStorage({ key });
};
