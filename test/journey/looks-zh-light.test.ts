import { testEveryScreen } from '../support/journey/every-screen';

testEveryScreen({ language: 'zh', theme: 'light' }, 'lin-zhiyuan');
