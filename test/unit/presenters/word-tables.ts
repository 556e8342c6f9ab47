import { viewfinderWords } from '../../../miniprogram/components/viewfinder/words';
import { answerWords } from '../../../miniprogram/packages/card/answer/words';
import { askNumberWords } from '../../../miniprogram/packages/card/ask-number/words';
import { entryWords } from '../../../miniprogram/packages/card/entry/words';
import { consentsWords } from '../../../miniprogram/packages/card/consents/words';
import { dataExportWords } from '../../../miniprogram/packages/card/data-export/words';
import { deletionWords } from '../../../miniprogram/packages/card/deletion/words';
import { wardsWords } from '../../../miniprogram/packages/card/guardian/words';
import { historyWords } from '../../../miniprogram/packages/card/history/words';
import { killCodeWords } from '../../../miniprogram/packages/card/kill-code/words';
import { manageWords } from '../../../miniprogram/packages/card/manage/words';
import { offlineWords } from '../../../miniprogram/packages/card/offline/words';
import { requestWords } from '../../../miniprogram/packages/card/request/words';
import { securityWords } from '../../../miniprogram/packages/card/security/words';
import { showWords } from '../../../miniprogram/packages/card/show/words';
import { visitWords } from '../../../miniprogram/packages/card/visit/words';
import { captureWords } from '../../../miniprogram/packages/enrolment/capture/words';
import { caseWords } from '../../../miniprogram/packages/enrolment/case/words';
import { consentWords } from '../../../miniprogram/packages/enrolment/consent/words';
import { guardianWords } from '../../../miniprogram/packages/enrolment/guardian/words';
import { reviewWords } from '../../../miniprogram/packages/enrolment/review/words';
import { selfieWords } from '../../../miniprogram/packages/enrolment/selfie/words';
import { applyWords } from '../../../miniprogram/packages/partner/apply/words';
import { businessWords } from '../../../miniprogram/packages/partner/business/words';
import { checksWords } from '../../../miniprogram/packages/partner/checks/words';
import { exportWords } from '../../../miniprogram/packages/partner/export/words';
import { invitationWords } from '../../../miniprogram/packages/partner/invitation/words';
import { joinWords } from '../../../miniprogram/packages/partner/join/words';
import { placeWords } from '../../../miniprogram/packages/partner/place/words';
import { shopWords } from '../../../miniprogram/packages/partner/shop/words';
import { shopsWords } from '../../../miniprogram/packages/partner/shops/words';
import { staffWords } from '../../../miniprogram/packages/partner/staff/words';
import { actsWords } from '../../../miniprogram/packages/operator/acts/words';
import { alarmsWords } from '../../../miniprogram/packages/operator/alarms/words';
import { applicationWords } from '../../../miniprogram/packages/operator/application/words';
import { auditWords } from '../../../miniprogram/packages/operator/audit/words';
import { caseWords as casefileWords } from '../../../miniprogram/packages/operator/case/words';
import { deskWords } from '../../../miniprogram/packages/operator/desk/words';
import { figuresWords } from '../../../miniprogram/packages/operator/figures/words';
import { keysWords } from '../../../miniprogram/packages/operator/keys/words';
import { lookupWords } from '../../../miniprogram/packages/operator/lookup/words';
import { massActWords } from '../../../miniprogram/packages/operator/mass-act/words';
import { proposeWords } from '../../../miniprogram/packages/operator/propose/words';
import { serverActWords } from '../../../miniprogram/packages/operator/server-act/words';
import { serversWords } from '../../../miniprogram/packages/operator/servers/words';
import { visitorWords } from '../../../miniprogram/packages/operator/visitor/words';
import { counterWords } from '../../../miniprogram/packages/verifier/counter/words';
import { passWords } from '../../../miniprogram/packages/verifier/pass/words';
import { requestsWords } from '../../../miniprogram/packages/verifier/requests/words';
import { resultWords } from '../../../miniprogram/packages/verifier/result/words';
import { scanWords } from '../../../miniprogram/packages/verifier/scan/words';
import { cardWords, welcomeWords } from '../../../miniprogram/pages/home/words';

/** The words of a screen in one language: texts, groups and lists of them, and what makes a text of a number. */
export type Words = string | ((count: number) => string) | readonly Words[] | { readonly [key: string]: Words };

/** A table of words, and under which name its screen's template and script know it. */
export interface WordTable {
  readonly folder: string;
  readonly name: string;
  readonly alias: string;
  readonly words: Readonly<Record<'zh' | 'en', Words>>;
}

/** A group's words, typed as an interface has them. */
const plain = (words: Readonly<Record<'zh' | 'en', object>>): WordTable['words'] => words as WordTable['words'];

export const wordTables: readonly WordTable[] = [
  { folder: 'components/viewfinder', name: 'viewfinderWords', alias: 'words', words: viewfinderWords },
  { folder: 'packages/card/answer', name: 'answerWords', alias: 'words', words: answerWords },
  { folder: 'packages/card/ask-number', name: 'askNumberWords', alias: 'words', words: askNumberWords },
  { folder: 'packages/card/entry', name: 'entryWords', alias: 'words', words: entryWords },
  { folder: 'packages/card/consents', name: 'consentsWords', alias: 'words', words: consentsWords },
  { folder: 'packages/card/data-export', name: 'dataExportWords', alias: 'words', words: dataExportWords },
  { folder: 'packages/card/deletion', name: 'deletionWords', alias: 'words', words: deletionWords },
  { folder: 'packages/card/guardian', name: 'wardsWords', alias: 'words', words: wardsWords },
  { folder: 'packages/card/history', name: 'historyWords', alias: 'words', words: historyWords },
  { folder: 'packages/card/kill-code', name: 'killCodeWords', alias: 'words', words: killCodeWords },
  { folder: 'packages/card/manage', name: 'manageWords', alias: 'words', words: manageWords },
  { folder: 'packages/card/offline', name: 'offlineWords', alias: 'words', words: offlineWords },
  { folder: 'packages/card/request', name: 'requestWords', alias: 'words', words: requestWords },
  { folder: 'packages/card/security', name: 'securityWords', alias: 'words', words: securityWords },
  { folder: 'packages/card/show', name: 'showWords', alias: 'words', words: showWords },
  { folder: 'packages/card/visit', name: 'visitWords', alias: 'words', words: visitWords },
  { folder: 'packages/enrolment/capture', name: 'captureWords', alias: 'words', words: captureWords },
  { folder: 'packages/enrolment/case', name: 'caseWords', alias: 'words', words: caseWords },
  { folder: 'packages/enrolment/consent', name: 'consentWords', alias: 'words', words: plain(consentWords) },
  { folder: 'packages/enrolment/guardian', name: 'guardianWords', alias: 'words', words: guardianWords },
  { folder: 'packages/enrolment/review', name: 'reviewWords', alias: 'words', words: reviewWords },
  { folder: 'packages/enrolment/selfie', name: 'selfieWords', alias: 'words', words: selfieWords },
  { folder: 'packages/partner/apply', name: 'applyWords', alias: 'words', words: plain(applyWords) },
  { folder: 'packages/partner/business', name: 'businessWords', alias: 'words', words: plain(businessWords) },
  { folder: 'packages/partner/checks', name: 'checksWords', alias: 'words', words: plain(checksWords) },
  { folder: 'packages/partner/export', name: 'exportWords', alias: 'words', words: plain(exportWords) },
  { folder: 'packages/partner/invitation', name: 'invitationWords', alias: 'words', words: plain(invitationWords) },
  { folder: 'packages/partner/join', name: 'joinWords', alias: 'words', words: plain(joinWords) },
  { folder: 'packages/partner/place', name: 'placeWords', alias: 'words', words: plain(placeWords) },
  { folder: 'packages/partner/shop', name: 'shopWords', alias: 'words', words: plain(shopWords) },
  { folder: 'packages/partner/shops', name: 'shopsWords', alias: 'words', words: plain(shopsWords) },
  { folder: 'packages/partner/staff', name: 'staffWords', alias: 'words', words: plain(staffWords) },
  { folder: 'packages/operator/acts', name: 'actsWords', alias: 'words', words: actsWords },
  { folder: 'packages/operator/alarms', name: 'alarmsWords', alias: 'words', words: alarmsWords },
  { folder: 'packages/operator/application', name: 'applicationWords', alias: 'words', words: applicationWords },
  { folder: 'packages/operator/audit', name: 'auditWords', alias: 'words', words: auditWords },
  { folder: 'packages/operator/case', name: 'caseWords', alias: 'words', words: casefileWords },
  { folder: 'packages/operator/desk', name: 'deskWords', alias: 'words', words: deskWords },
  { folder: 'packages/operator/figures', name: 'figuresWords', alias: 'words', words: figuresWords },
  { folder: 'packages/operator/keys', name: 'keysWords', alias: 'words', words: keysWords },
  { folder: 'packages/operator/lookup', name: 'lookupWords', alias: 'words', words: lookupWords },
  { folder: 'packages/operator/mass-act', name: 'massActWords', alias: 'words', words: massActWords },
  { folder: 'packages/operator/propose', name: 'proposeWords', alias: 'words', words: proposeWords },
  { folder: 'packages/operator/servers', name: 'serversWords', alias: 'words', words: serversWords },
  { folder: 'packages/operator/server-act', name: 'serverActWords', alias: 'words', words: serverActWords },
  { folder: 'packages/operator/visitor', name: 'visitorWords', alias: 'words', words: visitorWords },
  { folder: 'packages/verifier/counter', name: 'counterWords', alias: 'words', words: counterWords },
  { folder: 'packages/verifier/pass', name: 'passWords', alias: 'words', words: passWords },
  { folder: 'packages/verifier/requests', name: 'requestsWords', alias: 'words', words: requestsWords },
  { folder: 'packages/verifier/result', name: 'resultWords', alias: 'words', words: plain(resultWords) },
  { folder: 'packages/verifier/scan', name: 'scanWords', alias: 'words', words: scanWords },
  { folder: 'pages/home', name: 'welcomeWords', alias: 'words', words: plain(welcomeWords) },
  { folder: 'pages/home', name: 'cardWords', alias: 'onCard', words: cardWords },
];

/** Keys whose values are names of icons and tones, not words. */
const signs = ['icon', 'tone'];

/** Each text with the path to it; a text with a number is made with two. */
export const textsOf = (words: Words, path = ''): (readonly [path: string, text: string])[] => {
  if (typeof words === 'string') return [[path, words]];
  if (typeof words === 'function') return [[path, words(2)]];
  return Object.entries(words)
    .filter(([key]) => !signs.includes(key))
    .flatMap(([key, value]: [string, Words]) => textsOf(value, `${path}/${key}`));
};

/** The names of icons that the words carry. */
export const iconsOf = (words: Words): string[] => {
  if (typeof words === 'string' || typeof words === 'function') return [];
  return Object.entries(words).flatMap(([key, value]: [string, Words]) =>
    key === 'icon' && typeof value === 'string' ? [value] : iconsOf(value),
  );
};
