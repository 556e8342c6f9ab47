/** The phone's own storage, encrypted by the super-app. */

const isNotFound = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'errMsg' in error && String(error.errMsg).includes('data not found');

/** What was kept under the key, or null. */
export const load = async (key: string): Promise<unknown> => {
  try {
    const { data } = await wx.getStorage<unknown>({ key, encrypt: true });
    return data;
  } catch (error) {
    // WeChat rejects a key that was never kept; any other failure must not pass for an empty store.
    if (isNotFound(error)) return null;
    throw error;
  }
};

export const keep = async (key: string, data: unknown): Promise<void> => {
  await wx.setStorage({ key, data, encrypt: true });
};

export const forget = async (key: string): Promise<void> => {
  await wx.removeStorage({ key });
};
