import { connect } from '../platform/cloud';
import { appLanguage } from '../platform/language';

/** Connects to the cloud. @returns the language of the screens */
export const start = (): 'zh' | 'en' => {
  connect();
  return appLanguage().startsWith('zh') ? 'zh' : 'en';
};
