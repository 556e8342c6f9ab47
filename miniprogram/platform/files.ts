/** The mini-program's own files, which stay on the phone until they are removed. */

/** The phone did not write a file: its storage is full or failed. */
export class FileFailure extends Error {
  override readonly name = 'FileFailure';
}

const pathOf = (name: string): string => `${wx.env.USER_DATA_PATH}/${name}`;

/** Writes a text as UTF-8; a file of the same name is replaced. @throws FileFailure */
export const writeFile = (name: string, text: string): void => {
  try {
    wx.getFileSystemManager().writeFileSync(pathOf(name), text, 'utf8');
  } catch {
    throw new FileFailure('the file was not written');
  }
};

/** Removes a file; one that was never written, or is gone already, is no fault. */
export const removeFile = (name: string): void => {
  try {
    wx.getFileSystemManager().unlinkSync(pathOf(name));
  } catch {
    // There is none.
  }
};

/** What came of handing a file over. */
export type HandedOver = 'sent' | 'cancelled' | 'failed';

/**
 * Hands a file to a chat that the user chooses. To be called from a tap, without waiting for anything before: the super-app opens the
 * sheet for nothing else. The mini-program's own copy stays until it is removed, since sending goes on by itself.
 */
export const shareFile = async (name: string): Promise<HandedOver> => {
  try {
    await wx.shareFileMessage({ filePath: pathOf(name), fileName: name });
    return 'sent';
  } catch (error) {
    const message = typeof error === 'object' && error !== null && 'errMsg' in error ? String(error.errMsg) : '';
    return message.includes('cancel') ? 'cancelled' : 'failed';
  }
};
