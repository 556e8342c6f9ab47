import { purposeIds, purposeTable } from '../../protocol';
import { welcomeWords } from './words';

const { language } = getApp<PhoneApp>().globalData;

Page({
  data: {
    words: welcomeWords[language],
    purposes: purposeIds.map((id) => ({ id, name: purposeTable[id].names[language] })),
  },
});
