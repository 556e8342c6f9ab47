/** What lies before a phone's camera. */
export type Scene =
  | { readonly kind: 'webcam' }
  /** A picture that somebody picked, as a URL that an <img> can load. */
  | { readonly kind: 'file'; readonly url: string }
  /** A sample person's pictures. `auto`: the front camera sees the face; the rear one the card, another side from each page's address. */
  | { readonly kind: 'sample'; readonly person: string; readonly picture: 'auto' | SamplePicture }
  /** The screen of the phone beside it. */
  | { readonly kind: 'other-phone' }
  /** Whatever window or tab of this computer its user points the phone at, after the browser has asked. */
  | { readonly kind: 'screen' };

export type SamplePicture = 'card-front' | 'card-back' | 'selfie-1' | 'selfie-2' | 'selfie-3';

/** What a mini-program needs its user's leave for. */
export type PhoneScope = 'scope.camera' | 'scope.writePhotosAlbum';

/** What a panel beside the phone can change; kept with the phone's storage, so that a reload finds it again. */
export interface PhoneSettings {
  /** Who is logged in to the super-app. Another one restarts the mini-program; each has a storage of their own. */
  readonly openId: string;
  readonly language: 'zh_CN' | 'en';
  readonly theme: 'light' | 'dark';
  readonly network: 'online' | 'offline';
  /** What the user has decided, here or in the super-app's settings; where there is nothing, the user is asked at first use. */
  readonly scopes: Readonly<Partial<Record<PhoneScope, 'granted' | 'denied'>>>;
  /** What `<camera>` sees. */
  readonly camera: Scene;
  readonly light: 'good' | 'glare' | 'dark';
  /** What `wx.scanCode` sees. */
  readonly scanner: Scene;
}
