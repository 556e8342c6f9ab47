import {
  ADULT_FROM,
  base64urlEncode,
  guardianChallenge,
  maskName,
  parseGuardianStatement,
  parseIdNumber,
} from '../../../protocol';
import type {
  AccountKey,
  CalendarDate,
  ConsentAsGuardianReply,
  ConsentAsGuardianRequest,
  IdentityKey,
  IdNumber,
  OpenGuardianCallReply,
  OpenGuardianCallRequest,
  Sha256,
  VerifySignature,
} from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import { changeIdentity, nextRevisionOf, withEvent, type ChangeIdentityPorts } from '../card/change-identity';
import { ageOn, isOfAge, statusOn, type Identity } from '../card/identity';
import type { GuardianKeyOf, IdentityKeyOf, LoadIdentityOfAccount } from '../card/identity-ports';
import { isOpen, type DocumentReadCase } from '../enrolment/case';
import type { LoadAnyCase, ReplaceCase } from '../enrolment/case-ports';
import type { RateLimit, TakeTurn } from '../rate-limit';
import { done, refuse, type Result } from '../result';
import { checkFingerprint } from '../step-up/check-fingerprint';
import type { ReadFingerprintPorts } from '../step-up/fingerprint-answer';
import type { CallReader, GuardianCall } from './guardian-call';
import type { GuardianConsent } from './guardian';
import { guardianStepOf } from './guardianship';

/** A person as the authority knows them. */
interface Named {
  readonly name: string;
  readonly number: IdNumber;
}

/** Asks the authority whether an adult is a child's guardian. `unknown`: its records do not say. */
export type ConfirmGuardian = (
  guardian: Named,
  child: Named,
) => Promise<'confirmed' | 'not_guardian' | 'unknown' | 'unavailable'>;

export interface OpenCallPorts {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly randomBytes: RandomBytes;
  readonly takeTurn: TakeTurn;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
  readonly loadAnyCase: LoadAnyCase;
  readonly identityKeyOf: IdentityKeyOf;
  readonly guardianCallIdOf: (number: string) => string;
  readonly loadGuardianCall: (id: string) => Promise<GuardianCall | null>;
  /** Ties a call to its reader, in one conditional write. @returns false where it is another's, or gone */
  readonly claimGuardianCall: (id: string, reader: CallReader) => Promise<boolean>;
}

/** How many numbers an account may type in an hour: of those that live, nobody meets one by chance. */
export const GUARDIAN_NUMBERS: RateLimit = { name: 'guardian number', most: 10, windowMs: 60 * 60 * 1000 };

/** Why the holder of a card cannot stand for a child; null where they can. A child is under age, so nobody stands for themselves. */
const hindranceOf = (
  ports: Pick<OpenCallPorts, 'now' | 'today'>,
  { card, person }: Identity,
): ReturnType<typeof refuse> | null => {
  if (statusOn(card, ports.today()) !== 'valid') return refuse('card_not_active');
  if (!isOfAge(person, ADULT_FROM, ports.today())) return refuse('guardian_underage');
  const { limitedUntil } = card;
  return limitedUntil !== null && limitedUntil > ports.now() ? refuse('card_limited', { until: limitedUntil }) : null;
};

/** A case that a guardian can consent to, and whose it is. */
interface Ward {
  readonly found: DocumentReadCase;
  readonly person: Named & { readonly birthDate: string };
  readonly key: IdentityKey;
}

const loadWard = async (
  ports: Pick<OpenCallPorts, 'now' | 'today' | 'loadAnyCase' | 'identityKeyOf'>,
  call: GuardianCall | null,
): Promise<Ward | null> => {
  if (!call || call.expiresAt <= ports.now()) return null;
  const found = await ports.loadAnyCase(call.case);
  if (found?.state !== 'documentRead' || !isOpen(found, ports.now())) return null;
  if (!guardianStepOf(found, ports.today())) return null;
  const { name, number, birthDate } = found.document.fields;
  const parsed = parseIdNumber(number.value, ports.today());
  if (!parsed.ok) return null;
  const person = { name: name.value, number: parsed.number, birthDate: birthDate.value };
  return { found, person, key: ports.identityKeyOf(parsed.number) };
};

/**
 * Opens a child's call from the number that was read out: who the child is, as far as a stranger may see, and what is processed. The
 * number serves this adult alone from now on.
 * Refuses `card_not_active`, `guardian_underage` and `card_limited` of the caller's own card, `too_many_requests`, `wrong_step` where the
 * consent is given already, and `not_found` where they have no card and for every number that does not serve.
 */
export const openGuardianCall = async (
  ports: OpenCallPorts,
  account: AccountKey,
  { number }: OpenGuardianCallRequest,
): Promise<Result<OpenGuardianCallReply>> => {
  const identity = await ports.loadIdentityOfAccount(account);
  if (!identity) return refuse('not_found');
  const hindrance = hindranceOf(ports, identity);
  if (hindrance) return hindrance;
  if (!(await ports.takeTurn(GUARDIAN_NUMBERS, { kind: 'account', account }))) return refuse('too_many_requests');
  const id = ports.guardianCallIdOf(number);
  const call = await ports.loadGuardianCall(id);
  const ward = await loadWard(ports, call);
  if (!call || !ward) return refuse('not_found');
  if (guardianStepOf(ward.found, ports.today()) === 'given') return refuse('wrong_step');
  const challenge = base64urlEncode(ports.randomBytes(16));
  const reader = { identity: identity.key, ward: ward.key, challenge };
  if (!(await ports.claimGuardianCall(id, reader))) return refuse('not_found');
  return done({
    ok: true,
    caseId: call.case,
    challenge,
    maskedName: maskName(ward.person.name),
    age: ageOn(ward.person, ports.today()),
    processes: ward.found.consents.map(({ subject }) => subject),
    fingerprint: identity.stepUp.fingerprint !== null,
    expiresAt: call.expiresAt,
  });
};

export interface ConsentPorts extends OpenCallPorts, ChangeIdentityPorts, ReadFingerprintPorts {
  readonly sha256: Sha256;
  readonly verifySignature: VerifySignature;
  readonly guardianKeyOf: GuardianKeyOf;
  readonly replaceCase: ReplaceCase;
  readonly confirmGuardian: ConfirmGuardian;
}

type Reading = GuardianCall & { readonly reader: CallReader };

const isReading = (call: GuardianCall | null): call is Reading => call !== null && call.reader !== null;

/**
 * The consent of an adult whose key, and finger where one is bound, have signed it and whom the authority does not know to be no
 * guardian: written into their history in the write that uses the finger up.
 */
const sign = (
  ports: ConsentPorts,
  account: AccountKey,
  { request, call, ward }: { readonly request: ConsentAsGuardianRequest; readonly call: Reading; readonly ward: Ward },
): Promise<Result<GuardianConsent>> => {
  const { challenge } = call.reader;
  const statement = parseGuardianStatement(request.statement);
  return changeIdentity<GuardianConsent>(
    ports,
    () => ports.loadIdentityOfAccount(account),
    async (identity) => {
      if (identity.key !== call.reader.identity) return { kind: 'refused', error: { code: 'not_found' } };
      const hindrance = hindranceOf(ports, identity);
      if (hindrance) return { kind: 'refused', error: hindrance.error };
      const isSigned =
        statement?.challenge === challenge &&
        statement.case === call.case &&
        statement.isSignedBy(identity.card.holderKey, ports.verifySignature);
      if (!isSigned) return { kind: 'refused', error: { code: 'key_proof_invalid' } };

      let { stepUp } = identity;
      if (stepUp.fingerprint) {
        const answer = request.fingerprint;
        if (!answer) return { kind: 'refused', error: { code: 'step_up_missing', missing: ['fingerprint'] } };
        const wanted = guardianChallenge({ caseId: call.case, challenge }, ports.sha256);
        const shown = await checkFingerprint(ports, identity, wanted, answer);
        if (!shown.ok) return { kind: 'refused', error: shown.error };
        ({ stepUp } = shown.value);
      }
      const { name, number } = identity.person;
      const word = await ports.confirmGuardian(
        { name, number },
        { name: ward.person.name, number: ward.person.number },
      );
      if (word === 'unavailable') return { kind: 'refused', error: { code: 'authority_unavailable' } };
      if (word === 'not_guardian') return { kind: 'refused', error: { code: 'not_guardian' } };

      const at = ports.now();
      const happening = { kind: 'guardian_consented', child: maskName(ward.person.name) } as const;
      const consent: GuardianConsent = {
        key: ports.guardianKeyOf(number),
        at,
        text: statement.text,
        identity: identity.key,
        challenge,
        confirmedBy: word === 'confirmed' ? 'authority' : null,
      };
      const next = withEvent(ports.sealEvent, nextRevisionOf(identity, { stepUp }), { at, happening });
      return { kind: 'changed', next, value: consent };
    },
  );
};

const replyOf = ({ confirmedBy }: GuardianConsent): ConsentAsGuardianReply => ({
  ok: true,
  guardian: confirmedBy === null ? 'unconfirmed' : 'given',
});

/**
 * A guardian consents to a child's enrolment, by a statement that the key of their own card signs. The same call again is harmless.
 * Refuses what `openGuardianCall` refuses of the caller's card, `not_found` for a call that is over or not the caller's, `wrong_step`
 * where another guardian has consented or the child's phone was first, `key_proof_invalid`, `step_up_missing` and what the finger comes
 * to (`checkFingerprint`), `not_guardian` by the authority's word, and `authority_unavailable`.
 */
export const consentAsGuardian = async (
  ports: ConsentPorts,
  account: AccountKey,
  request: ConsentAsGuardianRequest,
): Promise<Result<ConsentAsGuardianReply>> => {
  const call = await ports.loadGuardianCall(ports.guardianCallIdOf(request.number));
  const ward = await loadWard(ports, call);
  if (!isReading(call) || ward?.key !== call.reader.ward) return refuse('not_found');
  const before = ward.found.guardian;
  const isOwn = (await ports.loadIdentityOfAccount(account))?.key === call.reader.identity;
  // The reply was lost.
  if (before && isOwn && before.challenge === call.reader.challenge) return done(replyOf(before));
  // One that nobody has confirmed gives way: the other parent may be the one whom the register knows.
  if (before && before.confirmedBy !== null) return refuse('wrong_step');
  const signed = await sign(ports, account, { request, call, ward });
  if (!signed.ok) return signed;
  const consented = { ...ward.found, revision: ward.found.revision + 1, guardian: signed.value };
  return (await ports.replaceCase(ward.found, consented)) ? done(replyOf(signed.value)) : refuse('wrong_step');
};
