import {
  calendarDate,
  caseId,
  cardId,
  hex,
  instant,
  LIMITED_MS,
  parseIdNumber,
  verifyKeyProof,
} from '../../../protocol';
import type {
  AccountKey,
  CalendarDate,
  ErrorCode,
  Instant,
  MintCardReply,
  MintCardRequest,
  OfficeKey,
  PublicKey,
  VerifySignature,
} from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import { appendOutbox, nextRevisionOf, withEvent, type ChangeIdentityPorts } from '../card/change-identity';
import { cardOf, statusOn, type Identity, type Person } from '../card/identity';
import { afterMove } from '../card/kill-codes';
import type { CreateIdentity, IdentityKeyOf, LoadIdentity, LoadIdentityOfAccount } from '../card/identity-ports';
import { withCurrentCredential } from '../card/renew-credential';
import { isPhoneReported } from '../card/stops';
import { guardianOf, lacksGuardian } from '../guardian/guardianship';
import type { Happening } from '../happening';
import { done, refuse, type Result } from '../result';
import { newCredential, type NewCredentialPorts } from '../status/credential-record';
import type { SealedKey } from '../sealed-key';
import { newStepUpState } from '../step-up/step-up-state';
import { isOpen, isProofed, type MintedCase, type ProofedCase, type ProofedDocument } from './case';
import type { LoadCase, ReplaceCase } from './case-ports';
import { nextRevision } from './end-case';
import { foreseenRefusal, refusalBy } from './prior-card';

export interface MintCardPorts extends ChangeIdentityPorts, NewCredentialPorts {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly randomBytes: RandomBytes;
  readonly verifySignature: VerifySignature;
  readonly loadCase: LoadCase;
  readonly replaceCase: ReplaceCase;
  readonly identityKeyOf: IdentityKeyOf;
  readonly officeKeyOf: (office: string) => OfficeKey;
  readonly newDataKey: () => SealedKey;
  readonly createIdentity: CreateIdentity;
  readonly loadIdentity: LoadIdentity;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
  /** Issues the credential of this identity, bound to its holder key (RFC 9901). */
  readonly issueCredential: (identity: Identity, at: Instant) => string;
}

/** The longest life of a card, in years; the document's own end comes first where it is earlier. */
const CARD_YEARS = 5;

const endOfCard = (today: CalendarDate, documentEnds: string | null): CalendarDate => {
  const years = String(Number(today.slice(0, 4)) + CARD_YEARS);
  // A card of 29 February ends on the 28th.
  const longest = years + (today.endsWith('-02-29') ? '-02-28' : today.slice(4));
  return calendarDate(documentEnds !== null && documentEnds < longest ? documentEnds : longest);
};

const personOf = ({ fields, portrait }: ProofedDocument, today: CalendarDate): Person | null => {
  const parsed = parseIdNumber(fields.number.value, today);
  if (!parsed.ok) return null;
  return {
    name: fields.name.value,
    number: parsed.number,
    sex: fields.sex.value,
    ethnicity: fields.ethnicity?.value ?? null,
    birthDate: fields.birthDate.value,
    address: fields.address.value,
    issuingAuthority: fields.issuingAuthority.value,
    validFrom: fields.validFrom.value,
    validTo: fields.validTo?.value ?? null,
    portrait: portrait.jpeg,
  };
};

const sameKey = (one: PublicKey, other: PublicKey): boolean => hex(one) === hex(other);

/** An identity with the events of its minting: what became of the pictures, and the card. */
const minted = (
  ports: MintCardPorts,
  found: ProofedCase,
  identity: Identity,
  kind: 'card_minted' | 'card_renewed' | 'card_moved',
): Identity => {
  const at = identity.card.mintedAt;
  const { files, at: destroyedAt } = found.destroyed;
  const fingerprint = found.state === 'fingerprintBound' ? 'bound' : 'skipped';
  const happened: readonly Happening[] = [
    { kind: 'evidence_destroyed', files, destroyedAt },
    ...(identity.guardian ? [{ kind: 'guardian_consented', child: null } as const] : []),
    { kind, fingerprint, faceTemplate: found.template ? 'kept' : 'none' },
  ];
  return happened.reduce((one, happening) => withEvent(ports.sealEvent, one, { at, happening }), identity);
};

/** Whether the phone that asks is the one that holds the card; one that was reported counts as another. */
const isSamePhone = ({ card }: Identity, priorKey: PublicKey | null): boolean =>
  priorKey !== null && sameKey(card.holderKey, priorKey) && !isPhoneReported(card.stops);

/** The same person, proofed anew on the same account: the new key takes the old one's place. Data key and events stay. */
const superseding = (
  ports: MintCardPorts,
  found: ProofedCase,
  {
    present,
    wanted,
    priorKey,
  }: { readonly present: Identity; readonly wanted: Identity; readonly priorKey: PublicKey | null },
): Identity => {
  const isSame = isSamePhone(present, priorKey);
  const limitedUntil = isSame ? present.card.limitedUntil : instant(wanted.card.mintedAt + LIMITED_MS);
  const { caseId: ofCase, office, person, stepUp } = wanted;
  const card = { ...wanted.card, limitedUntil };
  const change = {
    caseId: ofCase,
    card,
    office,
    person,
    stepUp,
    outbox: [],
    showing: null,
    lastShowing: null,
    killCodes: isSame ? present.killCodes : afterMove(present.killCodes, wanted.card.mintedAt),
    deletion: null,
    dataExport: null,
    guardian: wanted.guardian,
  };
  return minted(ports, found, nextRevisionOf(present, change), isSame ? 'card_renewed' : 'card_moved');
};

/** Binds the person to the account: the one document whose key and unique index let only one be first. */
const bind = async (
  ports: MintCardPorts,
  found: ProofedCase,
  wanted: Identity,
  priorKey: PublicKey | null,
): Promise<'bound' | ErrorCode> => {
  const outcome = await ports.createIdentity(minted(ports, found, wanted, 'card_minted'));
  if (outcome === 'created') return 'bound';
  if (outcome === 'account_taken') return 'account_has_card';
  const present = await ports.loadIdentity(wanted.key);
  // It is just being deleted.
  if (!present) return 'wrong_step';
  const fault = refusalBy(present, found, wanted.person);
  if (fault) return fault;
  // This very case was interrupted after its binding: go on with what it bound.
  if (present.caseId === wanted.caseId) return 'bound';
  await appendOutbox(ports.appendEvent, present);
  const next = superseding(ports, found, { present, wanted, priorKey });
  return (await ports.replaceIdentity(present, next)) ? 'bound' : 'wrong_step';
};

/** The identity with a credential whose key still signs, once that is written. @returns null where another call came between */
const renewed = async (ports: MintCardPorts, identity: Identity): Promise<Identity | null> => {
  const next = await withCurrentCredential(ports, { ...identity, outbox: [] });
  if (!next) return identity;
  await appendOutbox(ports.appendEvent, identity);
  if (!(await ports.replaceIdentity(identity, next))) return null;
  await appendOutbox(ports.appendEvent, next);
  return next;
};

/** Hands the card out while it is valid: a fresh credential for a braked or ended card would get round its end. */
const handOut = async (ports: MintCardPorts, identity: Identity): Promise<Result<MintCardReply>> => {
  const today = ports.today();
  if (statusOn(identity.card, today) !== 'valid') return refuse('card_not_active');
  const current = await renewed(ports, identity);
  if (!current) return refuse('wrong_step');
  const at = ports.now();
  return done({ ok: true, card: cardOf(current, { today, at }), credential: ports.issueCredential(current, at) });
};

/** A lost reply loses no card: the phone that was minted for asks again with the same proof. */
const mintedBefore = async (
  ports: MintCardPorts,
  found: MintedCase,
  key: PublicKey,
): Promise<Result<MintCardReply>> => {
  const identity = await ports.loadIdentity(found.identity);
  if (identity?.card.id !== found.cardId || !sameKey(identity.card.holderKey, key)) return refuse('wrong_step');
  return handOut(ports, identity);
};

const mint = async (
  ports: MintCardPorts,
  found: ProofedCase,
  { key, priorKey }: { readonly key: PublicKey; readonly priorKey: PublicKey | null },
): Promise<Result<MintCardReply>> => {
  const mintedAt = ports.now();
  const today = ports.today();
  const person = personOf(found.document, today);
  if (!person) return refuse('number_check_failed');
  // Midnight may have passed since the document was read.
  if (person.validTo !== null && person.validTo < today) return refuse('document_expired');
  if (lacksGuardian(found, today)) return refuse('guardian_needed');
  const identity = ports.identityKeyOf(person.number);
  const foreseen = await foreseenRefusal(ports, found, { key: identity, person });
  if (foreseen) return refuse(foreseen);
  const wanted: Identity = {
    key: identity,
    account: found.account,
    revision: 0,
    eventCount: 0,
    outbox: [],
    caseId: found.id,
    card: {
      id: cardId(hex(ports.randomBytes(16))),
      tier: 'light',
      mintedAt,
      validTo: endOfCard(today, person.validTo),
      holderKey: key,
      stops: [],
      limitedUntil: null,
      credential: await newCredential(ports),
    },
    office: ports.officeKeyOf(person.issuingAuthority),
    untold: null,
    unannounced: null,
    dataKey: ports.newDataKey(),
    person,
    stepUp: newStepUpState(
      { fingerprint: found.state === 'fingerprintBound' ? found.fingerprint : null, template: found.template },
      today,
    ),
    showing: null,
    lastShowing: null,
    killCodes: [],
    deletion: null,
    dataExport: null,
    guardian: guardianOf(found, today),
  };
  const outcome = await bind(ports, found, wanted, priorKey);
  if (outcome !== 'bound') return refuse(outcome);
  const bound = await ports.loadIdentity(wanted.key);
  if (bound?.caseId !== found.id || !sameKey(bound.card.holderKey, key)) return refuse('wrong_step');
  await appendOutbox(ports.appendEvent, bound);
  const over: MintedCase = {
    ...nextRevision(found),
    state: 'minted',
    cardId: bound.card.id,
    identity: bound.key,
    nonce: found.nonce,
  };
  // Another call of the same phone may have written this first: the card is the same.
  await ports.replaceCase(found, over);
  return handOut(ports, bound);
};

/**
 * Mints the card for a matched face, once the phone has signed the case's nonce with the key that the card is to be bound to:
 * `faceMatched` or `fingerprintBound` → `minted`. The binding is one insert; of many accounts that proof one identity number exactly one gets a card.
 * A card made anew keeps its history; it is limited for a day unless the phone also signs with the key that the card is bound to now.
 * Refuses `not_found`, `wrong_step`, `key_proof_invalid`, `identity_has_card`, `account_has_card`, `document_expired`, and
 * `document_not_current` where the authority reported the identity card, and `guardian_needed`, `card_not_active` where the person's card is stopped for good,
 * or one that is asked for again is no longer valid. `wrong_step` also where the enrolment began before the card was stopped.
 */
export const mintCard = async (
  ports: MintCardPorts,
  account: AccountKey,
  request: MintCardRequest,
): Promise<Result<MintCardReply>> => {
  const found = await ports.loadCase(caseId(request.caseId), account);
  if (!found) return refuse('not_found');
  if (found.state !== 'minted' && !(isProofed(found) && isOpen(found, ports.now()))) return refuse('wrong_step');
  const proof = verifyKeyProof(request.proof, { expectedNonce: found.nonce, verify: ports.verifySignature });
  if (!proof.ok) return refuse('key_proof_invalid');
  if (found.state === 'minted') return mintedBefore(ports, found, proof.key);
  const prior =
    request.priorProof === undefined
      ? null
      : verifyKeyProof(request.priorProof, { expectedNonce: found.nonce, verify: ports.verifySignature });
  return mint(ports, found, { key: proof.key, priorKey: prior?.ok ? prior.key : null });
};
