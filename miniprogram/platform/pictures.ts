/** What a picture could not be had for. */
export type NoPicture = 'cancelled' | 'denied' | 'failed';

/** A picture's temporary file, or why there is none. */
export type Picture =
  { readonly ok: true; readonly file: string } | { readonly ok: false; readonly because: NoPicture };

const reasonOf = (error: unknown): NoPicture => {
  const message = typeof error === 'object' && error !== null && 'errMsg' in error ? String(error.errMsg) : '';
  if (message.includes('cancel')) return 'cancelled';
  return /auth|deny|denied|permission/.test(message) ? 'denied' : 'failed';
};

/** Takes a picture with the page's `<camera>`. */
export const takePicture = (): Promise<Picture> =>
  new Promise((resolve) => {
    wx.createCameraContext().takePhoto({
      quality: 'high',
      success: ({ tempImagePath }) => resolve({ ok: true, file: tempImagePath }),
      fail: (error) => resolve({ ok: false, because: reasonOf(error) }),
    });
  });

/** Has the user choose a picture of the phone's album. */
export const choosePicture = async (): Promise<Picture> => {
  try {
    const { tempFiles } = await wx.chooseMedia({
      count: 1,
      mediaType: ['image'],
      sourceType: ['album'],
      sizeType: ['original'],
    });
    const [file] = tempFiles;
    return file ? { ok: true, file: file.tempFilePath } : { ok: false, because: 'failed' };
  } catch (error) {
    return { ok: false, because: reasonOf(error) };
  }
};

/** Opens the super-app's settings of this mini-program. @returns whether the camera is allowed afterwards */
export const openCameraSettings = async (): Promise<boolean> => {
  const { authSetting } = await wx.openSetting();
  return authSetting['scope.camera'] === true;
};

/** Puts a picture into the phone's memory. @returns an address for `<image>`, until it is forgotten */
export const rememberPicture = (bytes: Uint8Array): string => wx.createBufferURL(bytes);

/** Takes a picture out of the phone's memory. */
export const forgetPicture = (address: string): void => {
  wx.revokeBufferURL(address);
};
