import { testEveryScreen } from '../support/journey/every-screen';

testEveryScreen({ language: 'en', theme: 'light' }, 'zhou-qiming');
