import { isSessionHandle, purposeIds, sessionHandle, type PurposeId, type SessionHandle } from '../protocol';
import { closePage, openPage, replacePage, restartAtPage } from '../platform/navigation';

/** A side of the card. */
export type Side = 'front' | 'back';

/** Every screen, with what it must know. */
export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'consent' }
  | { readonly page: 'capture'; readonly side: Side }
  | { readonly page: 'review' }
  | { readonly page: 'selfie' }
  | { readonly page: 'show'; readonly purpose: PurposeId; readonly session?: SessionHandle }
  | { readonly page: 'request'; readonly session: SessionHandle }
  | { readonly page: 'history' }
  | { readonly page: 'security' }
  | { readonly page: 'scan' }
  | { readonly page: 'counter'; readonly purpose: PurposeId }
  | { readonly page: 'result' };

const paths = {
  home: '/pages/home/home',
  consent: '/packages/enrolment/consent/consent',
  capture: '/packages/enrolment/capture/capture',
  review: '/packages/enrolment/review/review',
  selfie: '/packages/enrolment/selfie/selfie',
  show: '/packages/card/show/show',
  request: '/packages/card/request/request',
  history: '/packages/card/history/history',
  security: '/packages/card/security/security',
  counter: '/packages/verifier/counter/counter',
  scan: '/packages/verifier/scan/scan',
  result: '/packages/verifier/result/result',
} as const satisfies Record<Route['page'], string>;

/** The address of a screen. */
const urlOf = (route: Route): string => {
  const { page, ...query } = route;
  const said = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  return said.length === 0 ? paths[page] : `${paths[page]}?${said.join('&')}`;
};

type Query = Readonly<Record<string, string | undefined>>;

/** The side that a query names; the front where it names none. */
export const sideOf = ({ side }: Query): Side => (side === 'back' ? 'back' : 'front');

/** The purpose that a query names, or null. */
export const purposeOf = ({ purpose }: Query): PurposeId | null => purposeIds.find((id) => id === purpose) ?? null;

/** The counter's session that a query names, or null. */
export const sessionOf = ({ session }: Query): SessionHandle | null =>
  session !== undefined && isSessionHandle(session) ? sessionHandle(session) : null;

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

export { endRefresh as refreshed, setTitle as title } from '../platform/navigation';
