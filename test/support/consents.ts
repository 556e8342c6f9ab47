import type { Instant } from '../../protocol';
import { withdrawLastingConsent } from '../../cloudfunctions/_core/consents/withdraw-consent';
import type { DescribedCaller } from '../../cloudfunctions/_core/institutions/describe-server';
import {
  accountOpening,
  ask,
  consent,
  phoneOf,
  standingOf,
  toldOf,
  type AskWorld,
  type AskWorldPorts,
} from './ask-world';
import { valueOf } from './enrolment-steps';
import { bank } from './institution-world';
import { holder, setCard } from './showing-world';

/** What an institution was given for a while. */
export interface Lent {
  /** Of the entry in its holder's history. */
  readonly number: number;
  readonly reference: string;
  readonly until: Instant;
}

/** Has the holder answer an ask that lasts. @returns what the institution can ask by until it ends */
export const lend = async (world: AskWorld, caller: DescribedCaller = bank): Promise<Lent> => {
  setCard(world, { tier: 'full' });
  const { session } = await ask(world, accountOpening, caller);
  valueOf(await phoneOf(world.ports).claim(session));
  const code = await consent(world, session, accountOpening.purpose);
  valueOf(await phoneOf(world.ports).answer(session, code()));
  const told = await toldOf(world, await standingOf(world, session, caller), caller.partner.id);
  if (!told?.lasting) throw new Error('nothing lasts');
  return { number: world.identity().eventCount, ...told.lasting };
};

export const withdraw = (ports: AskWorldPorts, number: number, account = holder) =>
  withdrawLastingConsent(ports, account, { number });

/** What the institution hears of the card. */
export const statusOf = async (world: AskWorld, reference: string, caller = bank): Promise<unknown> =>
  (await world.ask(caller, `GET /cards/${reference}/status`, {}, world.ports)).body['status'];

export const consentOf = (world: AskWorld, reference: string, caller = bank) =>
  world.ask(caller, `GET /consents/${reference}`, {}, world.ports);
