/** What `getApp<PhoneApp>()` gives to every page. */
interface PhoneApp {
  readonly globalData: {
    /** Chinese for every kind of Chinese, English for everybody else. */
    readonly language: 'zh' | 'en';
  };
}
