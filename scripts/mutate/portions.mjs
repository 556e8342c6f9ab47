/**
 * What decides, in portions that are measured one by one, each with the tests that mutants are held against. A test that could kill
 * a mutant and is not named leaves the score too low, never too high. A portion may have parts, `portion/part`: each mutant loads all tests
 * of its part, so that a short list is worth more than a complete one.
 */
export const portions = {
  guards: {
    mutate: [
      'cloudfunctions/_core/showing/{partner,staff}.ts',
      'cloudfunctions/_core/operators/operator.ts',
      'cloudfunctions/_core/partners/act-on-partner.ts',
      'cloudfunctions/_core/card/change-identity.ts',
      'protocol/keys/*.ts',
    ],
    tests: [
      'core/{redeem-*,counter,open-showing,renew-credential}',
      'operators/*',
      'partners/*',
      'protocol/issuer-key',
    ],
  },
  'codec/bytes': { mutate: ['protocol/bytes/*.ts'], tests: ['protocol/bytes'] },
  'codec/cbor': { mutate: ['protocol/cbor/*.ts'], tests: ['protocol/cbor'] },
  'codec/code': {
    mutate: ['protocol/{code,cose}/*.ts'],
    tests: ['protocol/{code,cose-sign1,pass,pass-forgery}'],
  },
  'codec/keys': { mutate: ['protocol/key/*.ts'], tests: ['protocol/key'] },
  'codec/statements': { mutate: ['protocol/statements/*.ts'], tests: ['protocol/statements'] },
  'codec/counter': { mutate: ['protocol/{alias,counter}/*.ts'], tests: ['core/{alias,counter}'] },
  credential: {
    mutate: ['protocol/{credential,deletion,jws}/*.ts'],
    tests: ['protocol/*', 'receipt/*', 'log/checkpoint'],
  },
  'redemption/redeem': {
    mutate: ['cloudfunctions/_core/showing/{alias-turn,answer,disclose,record-refusal,redeem-code,report-look}.ts'],
    tests: [
      'core/{alias,alias-guesses,counter,disclose,redeem-again,redeem-code,report-look,verification-answer}',
      'step-up/showing',
    ],
  },
  'redemption/showing': {
    mutate: ['cloudfunctions/_core/showing/{alias-showing,counter,counter-session,open-showing,scanned}.ts'],
    tests: ['core/{alias,counter,new-phone,open-showing,redeem-code}', 'step-up/showing'],
  },
  status: {
    mutate: ['protocol/status/*.ts', 'cloudfunctions/_core/status/*.ts'],
    tests: [
      'protocol/{credential*,status-*}',
      'core/{allocate-place,kill-card,mass-acts,new-phone,publish-status,renew-credential}',
    ],
  },
  'step-up': {
    mutate: ['protocol/step-up/*.ts', 'cloudfunctions/_core/step-up/*.ts'],
    tests: ['step-up/*', 'core/{bind-fingerprint,open-showing,redeem-code}'],
  },
  log: {
    mutate: ['protocol/{log,receipt}/*.ts', 'cloudfunctions/_core/log/*.ts'],
    tests: ['log/{checkpoint,proofs,sequencing,tiles}', 'receipt/*'],
  },
  policy: {
    mutate: ['protocol/purposes/*.ts', 'protocol/{operators,partners}/roles.ts'],
    tests: ['operators/role-matrix', 'partners/staff', 'protocol/policy', 'core/verification-answer'],
    // Its tables are evaluated once, when they are loaded.
    withStatic: true,
  },
  lifecycle: {
    mutate: [
      'protocol/lifecycle/*.ts',
      'cloudfunctions/_core/card/{erasure,export-data,holder-card,identity,kill-card,list-history,renew-credential,stop-card,stops}.ts',
    ],
    tests: [
      'core/{delete-account,export-data,follow-source,history-faults,holder-card,kill-card,list-history,new-phone,renew-credential}',
      'operators/card-acts',
    ],
  },
  passes: {
    mutate: ['protocol/pass/*.ts', 'cloudfunctions/_core/pass/*.ts'],
    tests: ['protocol/pass*', 'core/{issue-passes,reconcile-*}'],
  },
  asks: {
    mutate: ['cloudfunctions/_core/asks/*.ts'],
    tests: ['core/{ask-*,binding-message}'],
  },
  consents: {
    mutate: ['cloudfunctions/_core/consents/*.ts'],
    tests: ['consents/*', 'core/mint-card'],
  },
  'institutions/api': {
    mutate: [
      'cloudfunctions/_core/institutions/{card-status,counter,idempotency,open-counter,read-consent,read-verification,referred-card,report-look,verify-code}.ts',
    ],
    tests: ['institutions/{counter-first,reading,verify-code}'],
  },
  'institutions/registration': {
    mutate: ['cloudfunctions/_core/institutions/{institution,register}.ts', 'protocol/institutions/*.ts'],
    tests: ['institutions/registration', 'protocol/address'],
  },
};
