import type { Browser, BrowserContext } from 'playwright-core';
import type { PhoneSettings } from '../../../local/phone/contract/settings';
import { sampleOperators } from '../../../local/ecosystem/partners';
import type { OperatorRole } from '../../../protocol';
import { launchBrowser } from '../browser';
import { samplePerson, takePhone, type Look, type PhoneUser } from './phone-user';
import { miniProgram, startWhole, type Running, type WholeOptions } from './stage';

/** What a person waits for at most before a screen: a laptop may be busy with other tests. */
const PATIENCE_MS = 30_000;

/** Everything that a journey needs: the ecosystem, a browser, and phones for whoever takes part. */
export interface Journey {
  readonly running: Running;
  readonly context: BrowserContext;
  /** A phone with a sample person before its camera. */
  readonly holder: (person: string, look: Look, settings?: Partial<PhoneSettings>) => Promise<PhoneUser>;
  /** A phone of the parcel shop's counter, its camera allowed. */
  readonly merchant: (look: Look, settings?: Partial<PhoneSettings>) => Promise<PhoneUser>;
  /** A phone of one of the issuer's operators of a role, at the desk. */
  readonly operator: (role: OperatorRole, at: 1 | 2 | 3, look: Look) => Promise<PhoneUser>;
  /** What any of the phones has reported as broken. */
  readonly faults: () => readonly string[];
  readonly close: () => Promise<void>;
}

export interface JourneyOptions extends WholeOptions {
  /** Switches of the browser. */
  readonly args?: readonly string[];
  /** The mini-program's folder; its sources where absent. */
  readonly folder?: string;
}

/** The account of one of the issuer's sample operators of a role. */
export const operatorAccount = (role: OperatorRole, at: 1 | 2 | 3): string => {
  const found = sampleOperators.find((one) => one.role === role && one.at === at);
  if (!found) throw new Error(`no sample operator ${role} ${at}`);
  return found.openId;
};

/** Starts what a journey needs. */
export const startJourney = async ({
  args = [],
  folder = miniProgram.sources,
  ...whole
}: JourneyOptions = {}): Promise<Journey> => {
  const [browser, running]: [Browser, Running] = await Promise.all([launchBrowser(args), startWhole(folder, whole)]);
  const context = await browser.newContext();
  context.setDefaultTimeout(PATIENCE_MS);
  const { url } = running.stage;
  const users: PhoneUser[] = [];
  const take = async (id: string, look: Look, settings: Partial<PhoneSettings>, route?: string): Promise<PhoneUser> => {
    const user = await takePhone(context, { url, id, look, settings, ...(route !== undefined && { route }) });
    users.push(user);
    return user;
  };
  return {
    running,
    context,
    holder: (person, look, settings = {}) =>
      take(`holder-${users.length}`, look, { ...samplePerson(person), ...settings }),
    merchant: (look, settings = {}) =>
      take(
        `merchant-${users.length}`,
        look,
        { openId: 'oStaffParcelShop01', scopes: { 'scope.camera': 'granted' }, ...settings },
        'packages/verifier/scan/scan',
      ),
    operator: (role, at, look) =>
      take(`operator-${users.length}`, look, { openId: operatorAccount(role, at) }, 'packages/operator/desk/desk'),
    faults: () => users.flatMap(({ faults }) => faults),
    close: async () => {
      await browser.close();
      await running.close();
    },
  };
};
