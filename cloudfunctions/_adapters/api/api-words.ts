import type { apiSchemas, ApiSchemaName } from './api-schemas';

/** What a schema is, and what each of its properties says: none is left out. */
type Words = {
  readonly [Name in ApiSchemaName]: {
    readonly about: string;
    readonly fields: FieldsOf<(typeof apiSchemas)[Name]>;
  };
};
/** A choice has none of its own. */
type FieldsOf<Schema> = Schema extends { readonly properties: infer Fields }
  ? { readonly [Field in keyof Fields]: string }
  : Readonly<Record<string, never>>;

const checkId = 'Of the check; its receipt bears the same.';
const purpose = 'What the card is shown for: one of `/public/purposes`.';
const counter = 'Your own name of the counter. A code that is bound to a counter is redeemed by that one alone.';
const claims = 'Which claims you ask for; left out, all that you are registered for.';
const mode =
  'How the card was presented: to anybody who scans, to the counter whose code was scanned first, or to an ask.';
const tier = 'What the card was proofed by: `light` remotely, `full` before an operator.';
const stepUp = 'What the holder proved anew.';
const receipt = 'A JWS of the service (RFC 7515), by the keys of `/public/receipt-keys`: keep it with your record.';
const look = 'What your staff said of portrait and person.';
const state = 'How it stands.';
const asked = 'What the holder was asked for when it was given.';
const since1970 = 'milliseconds since 1970';

const told = {
  age_over_18: 'Whether the holder is of age.',
  masked_name: 'The surname, and a star for each further character.',
  masked_number: 'The first and the last character of the number.',
  name: 'As the identity card has it.',
  number: 'Of the resident identity card (GB 11643).',
  birthdate: 'As YYYY-MM-DD.',
  ethnicity: 'In Chinese, as the identity card has it.',
  document_issuing_authority: 'Who issued the identity card.',
  document_expires_on: 'As YYYY-MM-DD; left out of a card without an end.',
} as const;

/** Words for whoever writes a partner's server. */
export const apiWords: Words = {
  AskAnswer: {
    about: 'What an ID token says of an answer, beside what every ID token says (OpenID Connect Core 1.0, section 2).',
    fields: {
      acr: 'The tier of the card.',
      amr: 'What the holder proved when answering (RFC 8176).',
      auth_time: 'When the holder answered, in seconds since 1970.',
      verified_claims: 'What was told, and how it was verified.',
      card_reference:
        'Of the card, for you alone: ask by it how the card stands. Left out where it was told for this once.',
      receipt,
      consent_until: 'Until when you may ask after the card, in seconds since 1970. Left out: this once.',
      vp_token: 'An SD-JWT presentation (RFC 9901), where you sent `presentation_nonce`.',
    },
  },
  CardConsent: {
    about: 'How the consent stands by which a reference is known, while it lasts and after.',
    fields: {},
  },
  CardStatus: {
    about: 'How a card stands.',
    fields: {
      status: '`unknown` for every reference that is not yours, or not any more.',
      asOf: `When that was so: ${since1970}.`,
    },
  },
  ClaimsRequest: {
    about:
      'The parameter `claims` (OpenID Connect Core 1.0, section 5.5; Identity Assurance 1.0). Unknown names are refused.',
    fields: { id_token: 'What the ID token is to say; without `verified_claims`, all that you are registered for.' },
  },
  ConsentEnded: {
    about: 'Its end has come, whether or not it was withdrawn before.',
    fields: { state, until: `When it ended: ${since1970}.` },
  },
  ConsentGiven: {
    about: 'It lives: you may ask how the card stands.',
    fields: { state, purpose: asked, until: `When it ends: ${since1970}.` },
  },
  ConsentWithdrawn: {
    about:
      'The holder has withdrawn it: the reference is `unknown`. The customer may be one still; ask again where you need to.',
    fields: { state, purpose: asked, at: `When it was withdrawn: ${since1970}.` },
  },
  CounterOrder: { about: 'Opens a session of a counter.', fields: { purpose, claims, counter } },
  CounterStanding: {
    about: 'What became of a session.',
    fields: {
      state: 'Nobody has scanned, somebody has, it is over, or whoever scanned cannot go on.',
      reason: 'What hinders the holder; else null.',
    },
  },
  DisclosedClaims: {
    about: 'What was granted and asked for. What a card lacks is left out.',
    fields: { ...told, sex: 'As the identity card has it.', address: 'In one line.' },
  },
  InstitutionSelf: {
    about: 'What a server may hear of itself.',
    fields: {
      client_id: 'The name by which it asks for tokens.',
      names: 'Of its partner.',
      scope: 'What the token is for.',
      grants: 'What the partner is registered for now.',
    },
  },
  LookOrder: { about: 'What comparing portrait and person came to.', fields: { look } },
  MadeVerification: {
    about: 'A check as it can be read later: nothing of it leads to the person.',
    fields: {
      ...{ id: checkId, counter, purpose, mode, tier, stepUp, receipt },
      facts: `When what was so: ${since1970}.`,
      claims: 'Names of what was told.',
      look: `${look} Null while they have not said.`,
    },
  },
  MatchMark: {
    about: 'What the holder’s screen shows after the check: compare it, so that nobody stands in for another’s phone.',
    fields: { word: 'Its number in the list of words.', colour: 'Its number in the list of colours.' },
  },
  Names: { about: 'A name that people read.', fields: { zh: 'In Chinese.', en: 'In English.' } },
  OpenedCounter: {
    about: 'A session that is open.',
    fields: {
      session: 'By which you ask what became of it.',
      code: 'The text of the QR code that the counter shows.',
      serverTime: `The service’s clock: ${since1970}.`,
      expiresAt: `Until when it can be scanned: ${since1970}.`,
    },
  },
  PartnerGrant: {
    about: 'A purpose that the partner is registered for.',
    fields: { purpose, claims: 'What it may be told.', perDay: 'How many checks a day, of China.' },
  },
  ProblemDetails: {
    about: 'Why a call was refused, and what to do (RFC 9457).',
    fields: {
      type: 'Where this kind of problem is explained; the same for good.',
      title: 'What it is.',
      status: 'The status of the reply.',
      detail: 'What to do.',
      code: 'For programs to decide by: the list is closed.',
      at: 'Where the fault lies: a JSON Pointer (RFC 6901) into the body, or the name of a header.',
      until: `Until when it is refused: ${since1970}.`,
    },
  },
  ToldClaims: {
    about: 'What was told, by the names of OpenID Connect. What a card lacks is left out.',
    fields: { ...told, gender: 'As the identity card has it.', address: 'In one line, as `formatted`.' },
  },
  Verification: {
    about: 'What a check told.',
    fields: {
      ...{ id: checkId, purpose, mode, tier, stepUp, receipt },
      reference: 'Of the holder’s card, for you alone: ask by it how the card stands. Nothing else tells it again.',
      facts: `When what was so: ${since1970}.`,
      claims: 'What was granted and asked for.',
      portrait:
        'A JPEG as base64, where the purpose needs a look; else null. Show it to your staff, and keep it nowhere.',
      matchMark: 'What the holder’s screen shows after the check.',
    },
  },
  VerificationOrder: {
    about: 'Has a scanned code checked.',
    fields: { code: 'The text of the holder’s QR code.', purpose, claims, counter },
  },
  VerifiedClaims: {
    about: 'What was told, and how it was verified (OpenID Identity Assurance Schema Definition 1.0).',
    fields: {
      verification:
        'By which rules, at which level, when, and by what evidence. `verification_process` is the check’s id.',
      claims: 'What was told.',
    },
  },
};
