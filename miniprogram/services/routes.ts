import { purposeIds, type PurposeId } from '../protocol';
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
  | { readonly page: 'show'; readonly purpose: PurposeId }
  | { readonly page: 'history' }
  | { readonly page: 'scan' }
  | { readonly page: 'result' };

const paths = {
  home: '/pages/home/home',
  consent: '/packages/enrolment/consent/consent',
  capture: '/packages/enrolment/capture/capture',
  review: '/packages/enrolment/review/review',
  selfie: '/packages/enrolment/selfie/selfie',
  show: '/packages/card/show/show',
  history: '/packages/card/history/history',
  scan: '/packages/verifier/scan/scan',
  result: '/packages/verifier/result/result',
} as const satisfies Record<Route['page'], string>;

/** The address of a screen. */
const urlOf = (route: Route): string => {
  const path = paths[route.page];
  if ('side' in route) return `${path}?side=${route.side}`;
  return 'purpose' in route ? `${path}?purpose=${route.purpose}` : path;
};

type Query = Readonly<Record<string, string | undefined>>;

/** The side that a query names; the front where it names none. */
export const sideOf = ({ side }: Query): Side => (side === 'back' ? 'back' : 'front');

/** The purpose that a query names, or null. */
export const purposeOf = ({ purpose }: Query): PurposeId | null => purposeIds.find((id) => id === purpose) ?? null;

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
