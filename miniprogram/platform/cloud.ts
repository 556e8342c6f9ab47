import { fileId, type FileId } from '../protocol';

/** Why a call did not reach the service, or no answer came back. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** Connects to the environment that the mini-program was uploaded to. To be called once, before anything else. */
export const connect = (): void => {
  wx.cloud.init({ traceUser: false });
};

/**
 * Calls a cloud function as the user who is logged in to the super-app.
 * @returns the function's reply, not yet parsed
 * @throws Unreachable where no reply came
 */
export const callFunction = async (name: string, data: object): Promise<unknown> => {
  try {
    const { result } = await wx.cloud.callFunction({ name, data });
    return result;
  } catch {
    throw new Unreachable(`function ${name} did not answer`);
  }
};

/**
 * Uploads a picture from the phone's own files.
 * @param cloudPath where it goes in cloud storage
 * @param filePath a temporary file of the phone
 * @throws Unreachable where it did not arrive
 */
export const uploadPicture = async (cloudPath: string, filePath: string): Promise<FileId> => {
  try {
    const { fileID } = await wx.cloud.uploadFile({ cloudPath, filePath });
    return fileId(fileID);
  } catch {
    throw new Unreachable('the picture was not uploaded');
  }
};
