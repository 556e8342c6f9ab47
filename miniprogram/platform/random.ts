/** Strong random bytes of the phone. @param length how many */
export const randomBytes = async (length: number): Promise<Uint8Array> => {
  const { randomValues } = await wx.getRandomValues({ length });
  return new Uint8Array(randomValues);
};
