import { sessionHandle } from '../../../protocol';
import type { AskStanding } from '../../_core/asks/ask';
import type { ReadAsk, TellHolder, ToldHolder } from '../../_core/asks/read-ask';
import type { InstitutionCaller } from '../../_core/institutions/counter';

/** Finds a client and what its partner is registered for now; null where it may not ask. */
export type LoadCaller = (clientId: string) => Promise<InstitutionCaller | null>;

export interface HeldAnswerPorts {
  readonly loadCaller: LoadCaller;
  readonly readAsk: ReadAsk;
  readonly tellHolder: TellHolder;
}

/** An answer, and whom it is about. */
export type HeldAnswer = Extract<AskStanding, { readonly kind: 'answered' }> & { readonly holder: ToldHolder };

/** Where an ask stands; one whose holder has deleted the account since is over. */
export type HeldStanding = Exclude<AskStanding, { readonly kind: 'answered' }> | HeldAnswer;

/**
 * Reads where an ask stands, once for each request that it is read in: what decides about the request and what is told in its answer are the
 * same.
 * @param request stands for the request: the library's context of it
 */
export type HeldStandingOf = (request: object, clientId: string, session: string) => Promise<HeldStanding>;

/** Reads asks for the provider. */
export const createHeldStanding = ({ loadCaller, readAsk, tellHolder }: HeldAnswerPorts): HeldStandingOf => {
  const read = async (clientId: string, session: string): Promise<HeldStanding> => {
    const standing = await readAsk({ clientId }, sessionHandle(session));
    if (standing.kind !== 'answered') return standing;
    const caller = await loadCaller(clientId);
    const holder = caller && (await tellHolder(caller.partner.id, standing.release));
    return holder ? { ...standing, holder } : { kind: 'over' };
  };
  const held = new WeakMap<object, Map<string, Promise<HeldStanding>>>();
  return (request, clientId, session) => {
    const ofRequest = held.get(request) ?? new Map<string, Promise<HeldStanding>>();
    held.set(request, ofRequest);
    const name = JSON.stringify([clientId, session]);
    const reading = ofRequest.get(name) ?? read(clientId, session);
    ofRequest.set(name, reading);
    return reading;
  };
};
