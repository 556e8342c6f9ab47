/** Full brightness, for a code that is to be scanned. */
const BRIGHT = 1;

/**
 * Makes the screen fit for being scanned: bright, awake, and black in captures where the phone can do that.
 * @returns what undoes it
 */
export const showBrightly = async (): Promise<() => Promise<void>> => {
  const { value: before } = await wx.getScreenBrightness();
  await Promise.all([
    wx.setScreenBrightness({ value: BRIGHT }),
    wx.setKeepScreenOn({ keepScreenOn: true }),
    hideFromCaptures('hidden'),
  ]);
  return async () => {
    await Promise.all([
      wx.setScreenBrightness({ value: before }),
      wx.setKeepScreenOn({ keepScreenOn: false }),
      hideFromCaptures('none'),
    ]);
  };
};

const hideFromCaptures = (visualEffect: 'hidden' | 'none'): Promise<void> =>
  new Promise((resolve) => {
    // Older phones cannot: then the notice after a capture has to do.
    wx.setVisualEffectOnCapture({ visualEffect, complete: () => resolve() });
  });

/** Hears of screenshots. @returns what ends the hearing */
export const onCapture = (listener: () => void): (() => void) => {
  const heard = (): void => listener();
  wx.onUserCaptureScreen(heard);
  return () => {
    // The typings know no listener here, but WeChat does: without it, every listener of the app would go.
    const screen: { offUserCaptureScreen(listener: () => void): void } = wx;
    screen.offUserCaptureScreen(heard);
  };
};

/** A short buzz. */
export const buzz = (): void => {
  void wx.vibrateShort({ type: 'medium' });
};
