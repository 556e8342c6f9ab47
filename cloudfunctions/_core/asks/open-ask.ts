import {
  AskTold,
  base64urlEncode,
  createCounterCode,
  instant,
  purposeTable,
  sessionHandle,
  type AccountKey,
  type DisclosableClaim,
  type Instant,
  type PurposeId,
  type SessionHandle,
  type Tier,
} from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import {
  ORDERS_OF_PARTNER,
  takeTurnOf,
  type CounterPorts,
  type InstitutionCaller,
  type LoadUsedQuotas,
} from '../institutions/counter';
import { done, refuse, type Result } from '../result';
import type { CreateSession } from '../showing/counter-session';
import { grantedClaims } from '../showing/staff';
import { ASK_LIFE_MS } from './ask';
import type { AskNumberIdOf, TakeAskNumber } from './ask-number';
import { drawBindingMessage, isBindingMessage } from './binding-message';

/** What an institution asks a holder. */
export interface AskOrder {
  readonly purpose: PurposeId;
  /** Without them, all that the partner is registered for. */
  readonly claims?: readonly DisclosableClaim[];
  /** The least tier; without it, the purpose's own. */
  readonly tier?: Tier;
  /** Without it, one is drawn. */
  readonly bindingMessage?: string;
  /** What a presentation is to be bound to; without it, none is asked for. */
  readonly presentationNonce?: string;
  /** How the holder is met; a number is nine digits. */
  readonly way: { readonly kind: 'number'; readonly number: string } | { readonly kind: 'scan' | 'browser' };
  /** At most `ASK_LIFE_MS`. */
  readonly lifeMs?: number;
}

export interface OpenedAsk {
  readonly session: SessionHandle;
  /** The text of the QR code that a screen shows for it. */
  readonly code: string;
  readonly bindingMessage: string;
  readonly expiresAt: Instant;
}

/**
 * Asks a holder. A number that is wrong, over or was used before is answered like a right one, in as many steps: the ask then waits in vain.
 * It takes a turn of the partner's orders, but for what a browser brings: that is counted where the partner's server has signed it.
 * Refuses `too_many_requests`, `request_invalid` at `binding_message` or `nonce`, `purpose_not_registered`, `claims_not_granted`,
 * `quota_used`.
 */
export type OpenAsk = (caller: InstitutionCaller, order: AskOrder) => Promise<Result<OpenedAsk>>;

/** The keyed hash that stands for one ask where a terminal's account does: no scanner and no counter has it. */
export type AskKeyOf = (client: string, session: SessionHandle) => AccountKey;

export interface OpenAskPorts extends Pick<CounterPorts, 'takeTurn'> {
  readonly now: Now;
  readonly randomBytes: RandomBytes;
  readonly loadUsedQuotas: LoadUsedQuotas;
  readonly askKeyOf: AskKeyOf;
  readonly createSession: CreateSession;
  readonly askNumberIdOf: AskNumberIdOf;
  readonly takeAskNumber: TakeAskNumber;
}

/** The longest name of a terminal that a receipt and a screen have room for. */
const TERMINAL_MAX = 40;

const [{ properties: binding }] = AskTold.properties.presentation.anyOf;
const NONCE = new RegExp(binding.nonce.pattern);

/** Whether a presentation can be bound to a text (RFC 9901, section 4.3). */
export const isPresentationNonce = (text: string): boolean => NONCE.test(text);

/** What is wrong with an order by itself, by the names that its sender knows. */
const faultIn = ({ bindingMessage, presentationNonce }: AskOrder): 'binding_message' | 'nonce' | null => {
  if (bindingMessage !== undefined && !isBindingMessage(bindingMessage)) return 'binding_message';
  return presentationNonce !== undefined && !isPresentationNonce(presentationNonce) ? 'nonce' : null;
};

/** The tier that is accepted: whoever asks for less than the purpose does not get it by less. */
const leastTier = ({ purpose, tier }: AskOrder): Tier =>
  tier === 'full' || purposeTable[purpose].tier === 'full' ? 'full' : 'light';

/** Asks holders, over stored sessions and numbers. */
export const createOpenAsk =
  (ports: OpenAskPorts): OpenAsk =>
  async (caller, order) => {
    if (order.way.kind !== 'browser') {
      const turn = await takeTurnOf(ports, ORDERS_OF_PARTNER, caller);
      if (!turn.ok) return turn;
    }
    const at = faultIn(order);
    if (at !== null) return refuse('request_invalid', { at });
    const { clientId, partner } = caller;
    const { purpose, way } = order;
    const quotaUsed = await ports.loadUsedQuotas(partner.id);
    const claims = grantedClaims({ grants: partner.grants, quotaUsed }, purpose, order.claims);
    if (!claims.ok) return claims;

    const handle = sessionHandle(base64urlEncode(ports.randomBytes(16)));
    const openedAt = ports.now();
    const expiresAt = instant(openedAt + Math.floor(Math.min(order.lifeMs ?? ASK_LIFE_MS, ASK_LIFE_MS)));
    const bindingMessage = order.bindingMessage ?? drawBindingMessage(ports.randomBytes);
    await ports.createSession({
      handle,
      partner: partner.id,
      // No counter has a name here: it is the server that the holder deals with.
      ...{ shop: clientId, terminal: clientId.slice(0, TERMINAL_MAX), verifier: ports.askKeyOf(clientId, handle) },
      ...{ purpose, claims: claims.value, openedAt, expiresAt, claimedBy: null, hindrance: null },
      ask: {
        way: way.kind,
        tier: leastTier(order),
        bindingMessage,
        presentationNonce: order.presentationNonce ?? null,
        expiresAt,
        isBeingDeclined: false,
        outcome: null,
      },
    });
    // Afterwards, so that a number leads to a session that is there; and what becomes of it is nobody's to hear.
    if (way.kind === 'number') await ports.takeAskNumber(ports.askNumberIdOf(way.number), handle, openedAt);
    return done({ session: handle, code: createCounterCode(handle), bindingMessage, expiresAt });
  };
