import { appLanguage } from './platform/language';

App<PhoneApp>({ globalData: { language: appLanguage().startsWith('zh') ? 'zh' : 'en' } });
