import {
  criticalActs,
  isInvitationToken,
  isSessionHandle,
  purposeIds,
  sessionHandle,
  type CriticalActKind,
  type PurposeId,
  type SessionHandle,
} from '../protocol';
import { closePage, openPage, replacePage, restartAtPage } from '../platform/navigation';

/** A side of the card. */
export type Side = 'front' | 'back';

/** What of an application is filled in: all of it, or further purposes of a business that is registered. */
export type ApplicationPart = 'whole' | 'purposes';

/** Every screen, with what it must know. */
export type Route =
  | { readonly page: 'home' }
  /** `by: counter` where the face is not to be used. */
  | { readonly page: 'consent'; readonly by?: 'counter' }
  | { readonly page: 'capture'; readonly side: Side }
  | { readonly page: 'review' }
  | { readonly page: 'guardian' }
  | { readonly page: 'selfie' }
  | { readonly page: 'case' }
  | { readonly page: 'show'; readonly purpose: PurposeId; readonly session?: SessionHandle }
  | { readonly page: 'offline'; readonly purpose: PurposeId }
  | { readonly page: 'request'; readonly session: SessionHandle }
  | { readonly page: 'answer'; readonly session: SessionHandle }
  | { readonly page: 'ask-number' }
  | { readonly page: 'history' }
  | { readonly page: 'entry'; readonly number: number }
  | { readonly page: 'security' }
  | { readonly page: 'manage' }
  | { readonly page: 'consents' }
  /** `since` is when the present code was made, in milliseconds since 1970. */
  | { readonly page: 'kill-code'; readonly since?: number }
  | { readonly page: 'visit' }
  | { readonly page: 'data-export' }
  /** `for: proof` where everything was deleted and the answer was lost. */
  | { readonly page: 'deletion'; readonly for?: 'proof' }
  | { readonly page: 'wards' }
  | { readonly page: 'scan' }
  | { readonly page: 'counter'; readonly purpose: PurposeId }
  | { readonly page: 'pass' }
  | { readonly page: 'requests' }
  | { readonly page: 'result' }
  | { readonly page: 'business' }
  | { readonly page: 'apply'; readonly part: ApplicationPart }
  | { readonly page: 'shops' }
  | { readonly page: 'shop'; readonly shop?: string }
  | { readonly page: 'staff' }
  | { readonly page: 'place'; readonly member?: string }
  | { readonly page: 'invitation' }
  | { readonly page: 'join'; readonly token?: string }
  | { readonly page: 'checks' }
  | { readonly page: 'export' }
  | { readonly page: 'desk' }
  | { readonly page: 'casefile'; readonly reference: string }
  | { readonly page: 'application'; readonly reference: string }
  | { readonly page: 'lookup' }
  | { readonly page: 'acts' }
  | { readonly page: 'propose'; readonly kind?: CriticalActKind; readonly reference?: string }
  | { readonly page: 'visitor' }
  | { readonly page: 'figures' }
  | { readonly page: 'keys' }
  | { readonly page: 'mass-act'; readonly kind?: CriticalActKind; readonly kid?: string }
  | { readonly page: 'servers'; readonly reference?: string }
  /** `client`: the server that is to be changed; without it, another one is registered. */
  | { readonly page: 'server-act'; readonly reference: string; readonly client?: string }
  | { readonly page: 'alarms' }
  | { readonly page: 'audit' };

const paths = {
  home: '/pages/home/home',
  consent: '/packages/enrolment/consent/consent',
  capture: '/packages/enrolment/capture/capture',
  review: '/packages/enrolment/review/review',
  guardian: '/packages/enrolment/guardian/guardian',
  selfie: '/packages/enrolment/selfie/selfie',
  case: '/packages/enrolment/case/case',
  show: '/packages/card/show/show',
  offline: '/packages/card/offline/offline',
  request: '/packages/card/request/request',
  answer: '/packages/card/answer/answer',
  'ask-number': '/packages/card/ask-number/ask-number',
  history: '/packages/card/history/history',
  entry: '/packages/card/entry/entry',
  security: '/packages/card/security/security',
  manage: '/packages/card/manage/manage',
  consents: '/packages/card/consents/consents',
  'kill-code': '/packages/card/kill-code/kill-code',
  visit: '/packages/card/visit/visit',
  'data-export': '/packages/card/data-export/data-export',
  deletion: '/packages/card/deletion/deletion',
  wards: '/packages/card/guardian/guardian',
  counter: '/packages/verifier/counter/counter',
  scan: '/packages/verifier/scan/scan',
  pass: '/packages/verifier/pass/pass',
  requests: '/packages/verifier/requests/requests',
  result: '/packages/verifier/result/result',
  business: '/packages/partner/business/business',
  apply: '/packages/partner/apply/apply',
  shops: '/packages/partner/shops/shops',
  shop: '/packages/partner/shop/shop',
  staff: '/packages/partner/staff/staff',
  place: '/packages/partner/place/place',
  invitation: '/packages/partner/invitation/invitation',
  join: '/packages/partner/join/join',
  checks: '/packages/partner/checks/checks',
  export: '/packages/partner/export/export',
  desk: '/packages/operator/desk/desk',
  casefile: '/packages/operator/case/case',
  application: '/packages/operator/application/application',
  lookup: '/packages/operator/lookup/lookup',
  acts: '/packages/operator/acts/acts',
  propose: '/packages/operator/propose/propose',
  visitor: '/packages/operator/visitor/visitor',
  figures: '/packages/operator/figures/figures',
  keys: '/packages/operator/keys/keys',
  'mass-act': '/packages/operator/mass-act/mass-act',
  servers: '/packages/operator/servers/servers',
  'server-act': '/packages/operator/server-act/server-act',
  alarms: '/packages/operator/alarms/alarms',
  audit: '/packages/operator/audit/audit',
} as const satisfies Record<Route['page'], string>;

/** The address of a screen. */
const urlOf = (route: Route): string => {
  const { page, ...query } = route;
  const said = Object.entries(query).map(([name, value]) => `${name}=${String(value)}`);
  return said.length === 0 ? paths[page] : `${paths[page]}?${said.join('&')}`;
};

type Query = Readonly<Record<string, string | undefined>>;

/** The side that a query names; the front where it names none. */
export const sideOf = ({ side }: Query): Side => (side === 'back' ? 'back' : 'front');

/** The purpose that a query names, or null. */
export const purposeOf = ({ purpose }: Query): PurposeId | null => purposeIds.find((id) => id === purpose) ?? null;

/** Since when there is a kill code, or null where the query names no time. */
export const sinceOf = ({ since }: Query): number | null => {
  const at = Number(since);
  return Number.isSafeInteger(at) && at > 0 ? at : null;
};

/** Whether a query asks for the proof of a deletion that was made. */
export const isForProof = (query: Query): boolean => query['for'] === 'proof';

/** Whether a query asks for the way by a counter. */
export const isByCounter = ({ by }: Query): boolean => by === 'counter';

/** The counter's session that a query names, or null. */
export const sessionOf = ({ session }: Query): SessionHandle | null =>
  session !== undefined && isSessionHandle(session) ? sessionHandle(session) : null;

/** The number of an entry that a query names; null where it names none. */
export const numberOf = ({ number }: Query): number | null =>
  number !== undefined && /^[1-9]\d{0,8}$/.test(number) ? Number(number) : null;

/** The part of an application that a query names; the whole where it names none. */
export const partOf = ({ part }: Query): ApplicationPart => (part === 'purposes' ? 'purposes' : 'whole');

const idIn = (text: string | undefined): string | null =>
  text !== undefined && /^[a-z0-9][a-z0-9-]{0,39}$/.test(text) ? text : null;

/** The shop that a query names, or null. */
export const shopOf = ({ shop }: Query): string | null => idIn(shop);

/** The membership that a query names, or null. */
export const memberOf = ({ member }: Query): string | null => idIn(member);

/** The invitation's token that a query names, or null. */
export const tokenOf = ({ token }: Query): string | null =>
  token !== undefined && isInvitationToken(token) ? token : null;

/** The card, case or partner that a query names; empty where it names none. */
export const referenceOf = ({ reference = '' }: Query): string =>
  /^[a-z0-9-]{1,40}$/.test(reference) ? reference : '';

/** The partner's server that a query names; empty where it names none. */
export const clientOf = ({ client = '' }: Query): string => (/^[a-z0-9-]{1,40}$/.test(client) ? client : '');

/** The critical act that a query names, or null. */
export const actOf = ({ kind }: Query): CriticalActKind | null => criticalActs.find((act) => act === kind) ?? null;

/** The issuing key that a query names; empty where it names none. */
export const keyOf = ({ kid = '' }: Query): string => (/^[A-Za-z0-9_.-]{1,100}$/.test(kid) ? kid : '');

/** Opens a screen over the present one. */
export const go = (route: Route): Promise<void> => openPage(urlOf(route));

/** Opens a screen in place of the present one. */
export const replace = (route: Route): Promise<void> => replacePage(urlOf(route));

/** Closes all screens and opens one. */
export const restartAt = (route: Route): Promise<void> => restartAtPage(urlOf(route));

/** Closes the present screen; the first one leads home. */
export const back = async (): Promise<void> => {
  if (!(await closePage())) await restartAt({ page: 'home' });
};

export { endRefresh as refreshed, scrollToTop as toTop, setTitle as title } from '../platform/navigation';
