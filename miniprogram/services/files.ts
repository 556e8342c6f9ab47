import { FileFailure, shareFile, writeFile, type HandedOver } from '../platform/files';

/** Files that a user is handed, for screens. */
export { removeFile, shareFile } from '../platform/files';

/** Hands a text to the user as a file, as `shareFile` does. @param name of the file, with its ending */
export const handOver = async (name: string, text: string): Promise<HandedOver> => {
  try {
    writeFile(name, text);
  } catch (error) {
    if (error instanceof FileFailure) return 'failed';
    throw error;
  }
  return shareFile(name);
};
