import { start } from './services/start';

App<PhoneApp>({ globalData: { language: start() } });
