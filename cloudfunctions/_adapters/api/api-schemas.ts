import {
  AskAnswer,
  CardConsent,
  CardStatus,
  ClaimsRequest,
  ConsentEnded,
  ConsentGiven,
  ConsentWithdrawn,
  CounterOrder,
  CounterStanding,
  DisclosedClaims,
  InstitutionSelf,
  LookOrder,
  MadeVerification,
  MatchMark,
  Names,
  OpenedCounter,
  PartnerGrant,
  ProblemDetails,
  ToldClaims,
  Verification,
  VerificationOrder,
  VerifiedClaims,
} from '../../../protocol';

/** What partners' servers send and are answered, and the parts of it that have a name: the wire's own schemas, by their names. */
export const apiSchemas = {
  AskAnswer,
  CardConsent,
  CardStatus,
  ClaimsRequest,
  ConsentEnded,
  ConsentGiven,
  ConsentWithdrawn,
  CounterOrder,
  CounterStanding,
  DisclosedClaims,
  InstitutionSelf,
  LookOrder,
  MadeVerification,
  MatchMark,
  Names,
  OpenedCounter,
  PartnerGrant,
  ProblemDetails,
  ToldClaims,
  Verification,
  VerificationOrder,
  VerifiedClaims,
} as const;

export type ApiSchemaName = keyof typeof apiSchemas;

/** What the schemas of orders and replies accept. */
export interface Said {
  readonly CardConsent: CardConsent;
  readonly CardStatus: CardStatus;
  readonly CounterOrder: CounterOrder;
  readonly CounterStanding: CounterStanding;
  readonly InstitutionSelf: InstitutionSelf;
  readonly LookOrder: LookOrder;
  readonly MadeVerification: MadeVerification;
  readonly OpenedCounter: OpenedCounter;
  readonly Verification: Verification;
  readonly VerificationOrder: VerificationOrder;
}
