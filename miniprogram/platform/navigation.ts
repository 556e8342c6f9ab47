/** Opens a page over the present one. @param url below the mini-program's root, with its query */
export const openPage = async (url: string): Promise<void> => {
  await wx.navigateTo({ url });
};

/** Opens a page in place of the present one. */
export const replacePage = async (url: string): Promise<void> => {
  await wx.redirectTo({ url });
};

/** Closes every page and opens one. */
export const restartAtPage = async (url: string): Promise<void> => {
  await wx.reLaunch({ url });
};

/** Closes the present page; where it is the only one, nothing happens and false is returned. */
export const closePage = async (): Promise<boolean> => {
  if (getCurrentPages().length < 2) return false;
  await wx.navigateBack();
  return true;
};

/** The native bar's title. */
export const setTitle = (title: string): void => {
  void wx.setNavigationBarTitle({ title });
};

/** Ends the pulled-down state of a page that was refreshed. */
export const endRefresh = (): void => {
  void wx.stopPullDownRefresh();
};

/** Shows the page from its top. */
export const scrollToTop = (): void => {
  void wx.pageScrollTo({ scrollTop: 0, duration: 200 });
};
