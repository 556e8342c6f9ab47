/** The phone's own storage, encrypted by the super-app. */

/** The storage neither gave nor took: it is full, or damaged. */
export class StorageFailure extends Error {
  override readonly name = 'StorageFailure';
}

const isNotFound = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'errMsg' in error && String(error.errMsg).includes('data not found');

/** What was kept under the key, or null. @throws StorageFailure */
export const load = async (key: string): Promise<unknown> => {
  try {
    const { data } = await wx.getStorage<unknown>({ key, encrypt: true });
    return data;
  } catch (error) {
    // WeChat rejects a key that was never kept; any other failure must not pass for an empty store.
    if (isNotFound(error)) return null;
    throw new StorageFailure('the storage cannot be read');
  }
};

/** @throws StorageFailure */
export const keep = async (key: string, data: unknown): Promise<void> => {
  try {
    await wx.setStorage({ key, data, encrypt: true });
  } catch {
    throw new StorageFailure('the storage cannot be written');
  }
};

/** @throws StorageFailure */
export const forget = async (key: string): Promise<void> => {
  try {
    await wx.removeStorage({ key });
  } catch {
    throw new StorageFailure('the storage cannot be written');
  }
};
