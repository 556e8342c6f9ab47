/** Full brightness, for a code that is to be scanned. */
const BRIGHT = 1;

/**
 * Makes the screen fit for being scanned: bright, awake, and black in captures where the phone can do that.
 * @returns what undoes it
 */
export const showBrightly = async (): Promise<() => Promise<void>> => {
  const before = await brightness();
  await Promise.all([setBrightness(BRIGHT), keepOn(true), hideFromCaptures('hidden')]);
  return async () => {
    await Promise.all([setBrightness(before), keepOn(false), hideFromCaptures('none')]);
  };
};

/** As the system has it. */
const BY_SYSTEM = -1;

// Each of these is a help and no condition: a phone that cannot do one does the others.
const brightness = async (): Promise<number> => {
  try {
    return (await wx.getScreenBrightness()).value;
  } catch {
    return BY_SYSTEM;
  }
};
const setBrightness = (value: number): Promise<void> => settled(wx.setScreenBrightness({ value }));
const keepOn = (keepScreenOn: boolean): Promise<void> => settled(wx.setKeepScreenOn({ keepScreenOn }));
const settled = async (work: Promise<unknown>): Promise<void> => {
  await Promise.allSettled([work]);
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

/** Makes captures of the screen black, where the phone can, while somebody's data are on it. @returns what undoes it */
export const hideCaptures = (): (() => void) => {
  void hideFromCaptures('hidden');
  return () => void hideFromCaptures('none');
};
