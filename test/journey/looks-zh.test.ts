import { testEveryScreen } from '../support/journey/every-screen';

testEveryScreen({ language: 'zh', theme: 'dark' }, 'shen-ruoxi');
