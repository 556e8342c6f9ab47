import type { Resources } from './resource-types';

export type * from './resource-types';

/** Finds what is over. */
const byEnd = { name: 'by_end', keys: { expiresAt: 1 }, unique: false, sparse: false } as const;

/** Finds what a provider of OAuth keeps, beside its names. */
const ofProvider = [
  byEnd,
  { name: 'by_grant', keys: { grant: 1 }, unique: false, sparse: true },
  { name: 'by_uid', keys: { uid: 1 }, unique: true, sparse: true },
] as const;

export const resources = {
  collections: [
    {
      name: 'cases',
      indexes: [
        { name: 'by_account', keys: { account: 1 }, unique: false, sparse: false },
        { name: 'by_end', keys: { state: 1, expiresAt: 1 }, unique: false, sparse: false },
        // Of which a call has left something to be done.
        { name: 'unsettled', keys: { unsettled: 1 }, unique: false, sparse: true },
      ],
      clientAccess: 'none',
    },
    {
      name: 'identities',
      indexes: [
        { name: 'one_identity_per_account', keys: { account: 1 }, unique: true, sparse: true },
        { name: 'by_showing', keys: { 'showing.handle': 1 }, unique: true, sparse: true },
        { name: 'by_status', keys: { 'card.status': 1, 'card.tier': 1 }, unique: false, sparse: false },
        { name: 'by_card', keys: { 'card.id': 1 }, unique: true, sparse: true },
        { name: 'by_alias', keys: { 'showing.alias.text': 1 }, unique: true, sparse: true },
        // What the status lists do not tell yet.
        { name: 'untold', keys: { 'untold.since': 1 }, unique: false, sparse: true },
        // What institutions were not told of yet.
        { name: 'unannounced', keys: { 'unannounced.since': 1 }, unique: false, sparse: true },
        // Whom a mass act meets.
        { name: 'by_kid', keys: { 'card.credential.kid': 1, _id: 1 }, unique: false, sparse: false },
        { name: 'by_office', keys: { office: 1, _id: 1 }, unique: false, sparse: false },
        { name: 'by_minting', keys: { 'card.mintedAt': 1 }, unique: false, sparse: false },
        { name: 'by_last_showing', keys: { 'lastShowing.handle': 1 }, unique: true, sparse: true },
        // A card's codes lie in a list: each is found, and none is two cards'.
        { name: 'by_kill_code', keys: { 'killCodes.key': 1 }, unique: true, sparse: true },
        // The children of a guardian.
        { name: 'by_guardian', keys: { 'guardian.key': 1, 'guardian.at': 1 }, unique: false, sparse: true },
        { name: 'by_erasure', keys: { 'erased.id': 1 }, unique: true, sparse: true },
      ],
      clientAccess: 'none',
    },
    {
      name: 'staff',
      indexes: [{ name: 'by_partner', keys: { partner: 1, joinedAt: 1 }, unique: false, sparse: false }],
      clientAccess: 'none',
    },
    {
      name: 'partners',
      indexes: [
        { name: 'one_partner_per_code', keys: { registered: 1 }, unique: true, sparse: true },
        { name: 'by_application', keys: { asking: 1 }, unique: false, sparse: true },
        { name: 'unsettled', keys: { 'pending.at': 1 }, unique: false, sparse: true },
        { name: 'by_state', keys: { state: 1, _id: 1 }, unique: false, sparse: false },
      ],
      clientAccess: 'none',
    },
    {
      name: 'invitations',
      indexes: [{ name: 'by_partner', keys: { partner: 1 }, unique: false, sparse: false }, byEnd],
      clientAccess: 'none',
    },
    // Partners' servers, by their client ids.
    {
      name: 'institutions',
      indexes: [{ name: 'by_partner', keys: { partner: 1, _id: 1 }, unique: false, sparse: false }],
      clientAccess: 'none',
    },
    { name: 'oauth_records', indexes: ofProvider, clientAccess: 'none' },
    // The same of the sandbox, and all else that it keeps.
    { name: 'sandbox_records', indexes: ofProvider, clientAccess: 'none' },
    // What waits to be told to partners' servers.
    {
      name: 'notices',
      indexes: [
        { name: 'due', keys: { client: 1, dueAt: 1 }, unique: false, sparse: false },
        { name: 'by_end', keys: { keptUntil: 1 }, unique: false, sparse: false },
      ],
      clientAccess: 'none',
    },
    {
      name: 'operators',
      indexes: [{ name: 'by_id', keys: { id: 1 }, unique: true, sparse: false }],
      clientAccess: 'none',
    },
    {
      name: 'proposals',
      indexes: [{ name: 'by_state', keys: { state: 1, proposedAt: 1 }, unique: false, sparse: false }],
      clientAccess: 'none',
    },
    { name: 'visits', indexes: [byEnd], clientAccess: 'none' },
    { name: 'guardian_calls', indexes: [byEnd], clientAccess: 'none' },
    {
      name: 'alarms',
      indexes: [{ name: 'by_state', keys: { state: 1, at: -1 }, unique: false, sparse: false }],
      clientAccess: 'none',
    },
    {
      name: 'deletions',
      indexes: [{ name: 'by_time', keys: { deletedAt: 1 }, unique: false, sparse: false }],
      clientAccess: 'none',
    },
    {
      name: 'delete_requests',
      indexes: [
        { name: 'by_partner', keys: { partner: 1, state: 1, askedAt: 1, _id: 1 }, unique: false, sparse: false },
      ],
      clientAccess: 'none',
    },
    {
      name: 'rate_windows',
      indexes: [{ name: 'by_end', keys: { endsAt: 1 }, unique: false, sparse: false }],
      clientAccess: 'none',
    },
    { name: 'used_keys', indexes: [byEnd], clientAccess: 'none' },
    { name: 'places', indexes: [], clientAccess: 'none' },
    {
      name: 'status_lists',
      indexes: [
        { name: 'by_number', keys: { list: 1 }, unique: true, sparse: false },
        { name: 'due', keys: { dueAt: 1 }, unique: false, sparse: false },
      ],
      clientAccess: 'none',
    },
    {
      name: 'status_entries',
      indexes: [{ name: 'by_list', keys: { list: 1, value: 1, _id: 1 }, unique: false, sparse: false }],
      clientAccess: 'none',
    },
    {
      name: 'mass_acts',
      indexes: [
        { name: 'by_state', keys: { state: 1 }, unique: false, sparse: false },
        { name: 'by_start', keys: { startedAt: -1 }, unique: false, sparse: false },
      ],
      clientAccess: 'none',
    },
    {
      name: 'remint_queue',
      indexes: [{ name: 'by_kid', keys: { kid: 1 }, unique: false, sparse: false }],
      clientAccess: 'none',
    },
    { name: 'counter_sessions', indexes: [byEnd], clientAccess: 'none' },
    {
      name: 'ask_numbers',
      indexes: [byEnd, { name: 'one_account_per_number', keys: { number: 1 }, unique: true, sparse: true }],
      clientAccess: 'none',
    },
    { name: 'passes', indexes: [byEnd], clientAccess: 'none' },
    { name: 'pass_uses', indexes: [byEnd], clientAccess: 'none' },
    {
      name: 'reminders',
      indexes: [{ name: 'due', keys: { dueAt: 1 }, unique: false, sparse: false }],
      clientAccess: 'none',
    },
    // These are read by `_id` alone, the newest as the last by `_id`: that index every collection has.
    { name: 'log_batches', indexes: [], clientAccess: 'none' },
    { name: 'log_tiles', indexes: [], clientAccess: 'none' },
    { name: 'log_checkpoints', indexes: [], clientAccess: 'none' },
    {
      name: 'events',
      indexes: [
        // What waits for a leaf, the oldest first. With another key beside it, it would hold every event.
        { name: 'unsequenced', keys: { unsequenced: 1 }, unique: false, sparse: true },
        { name: 'by_commitment', keys: { commitment: 1 }, unique: false, sparse: false },
        // The newest acts, for whoever oversees.
        { name: 'by_act', keys: { act: -1, _id: -1 }, unique: false, sparse: false },
        { name: 'by_partner', keys: { 'check.partner': 1, at: -1, _id: -1 }, unique: false, sparse: true },
      ],
      clientAccess: 'none',
    },
  ],
  functions: [
    {
      name: 'holder',
      runtime: 'Nodejs20.19',
      memoryMb: 512,
      // Proofing's own limit, the authority's and what lies between.
      timeoutSeconds: 60,
      invokedBy: ['wechat'],
      environment: [
        'ISSUER',
        'ISSUER_KEYS',
        'DATA_KEY',
        'INDEX_KEY',
        'PROOFING_KEY',
        'AUTHORITY',
        'REMINDER_TEMPLATES',
      ],
      openApis: ['soter.verifySignature'],
    },
    {
      name: 'verifier',
      runtime: 'Nodejs20.19',
      memoryMb: 256,
      // Fifty passes are handed in with one call.
      timeoutSeconds: 20,
      invokedBy: ['wechat'],
      environment: ['ISSUER', 'DATA_KEY', 'INDEX_KEY', 'ISSUER_PUBLIC_KEYS', 'RECEIPT_KEYS'],
    },
    {
      name: 'operator',
      runtime: 'Nodejs20.19',
      memoryMb: 256,
      timeoutSeconds: 20,
      invokedBy: ['wechat'],
      environment: ['ISSUER', 'DATA_KEY', 'INDEX_KEY', 'ISSUER_PUBLIC_KEYS', 'RECEIPT_PUBLIC_KEYS'],
    },
    {
      name: 'public',
      runtime: 'Nodejs20.19',
      memoryMb: 256,
      timeoutSeconds: 10,
      // A phone calls it like any function and hears what anyone hears by HTTP: who calls is not looked at.
      invokedBy: ['http', 'wechat'],
      environment: ['ISSUER', 'ISSUER_PUBLIC_KEYS', 'RECEIPT_PUBLIC_KEYS'],
    },
    {
      name: 'institution',
      // Its library asks for it.
      runtime: 'Nodejs22.21',
      memoryMb: 256,
      timeoutSeconds: 10,
      // A partner's own function calls it with the event of a route: who invokes is not looked at, the token says who asks.
      invokedBy: ['http', 'function'],
      environment: [
        'ISSUER',
        'INSTITUTION_KEYS',
        'PAIRWISE_KEY',
        'REFERENCE_KEY',
        'DATA_KEY',
        'INDEX_KEY',
        'RECEIPT_KEYS',
      ],
    },
    {
      name: 'sandbox',
      runtime: 'Nodejs22.21',
      memoryMb: 256,
      timeoutSeconds: 10,
      // As `institution`.
      invokedBy: ['http', 'function'],
      // Keys of its own, and none that opens anything of a person.
      environment: ['ISSUER', 'SANDBOX_KEYS', 'SANDBOX_RECEIPT_KEYS', 'SANDBOX_SECRET'],
    },
    {
      name: 'emergency',
      runtime: 'Nodejs20.19',
      memoryMb: 256,
      timeoutSeconds: 10,
      invokedBy: ['http'],
      environment: ['DATA_KEY', 'INDEX_KEY'],
    },
    {
      name: 'proofing',
      runtime: 'Nodejs20.19',
      memoryMb: 1024,
      timeoutSeconds: 35,
      invokedBy: ['function'],
      environment: ['PROOFING_KEY', 'PROOFING_PROVIDER'],
    },
    {
      name: 'jobs',
      runtime: 'Nodejs20.19',
      memoryMb: 256,
      timeoutSeconds: 60,
      invokedBy: ['timer'],
      environment: ['ISSUER', 'ISSUER_KEYS', 'DATA_KEY', 'INDEX_KEY', 'AUTHORITY', 'REMINDER_TEMPLATES'],
      openApis: ['subscribeMessage.send'],
    },
    {
      // It alone reaches out to addresses of partners, in the provider's name; nobody's call comes near it.
      name: 'notices',
      runtime: 'Nodejs20.19',
      memoryMb: 256,
      timeoutSeconds: 60,
      invokedBy: ['timer'],
      environment: ['ISSUER', 'INSTITUTION_KEYS', 'PAIRWISE_KEY', 'REFERENCE_KEY', 'DATA_KEY', 'INDEX_KEY'],
    },
  ],
  routes: [
    { path: '/.well-known', function: 'public' },
    { path: '/.well-known/openid-configuration', function: 'institution' },
    { path: '/.well-known/oauth-authorization-server', function: 'institution' },
    { path: '/.well-known/oauth-authorization-server/sandbox', function: 'sandbox' },
    { path: '/institution', function: 'institution' },
    { path: '/public', function: 'public' },
    { path: '/public/kill', function: 'emergency' },
    { path: '/sandbox', function: 'sandbox' },
  ],
  timers: [
    { name: 'expire', function: 'jobs', everySeconds: 300 },
    { name: 'finish', function: 'jobs', everySeconds: 60 },
    { name: 'forget', function: 'jobs', everySeconds: 3600 },
    { name: 'quotas', function: 'jobs', everySeconds: 300 },
    { name: 'faces', function: 'jobs', everySeconds: 3600 },
    { name: 'followSource', function: 'jobs', everySeconds: 300 },
    { name: 'keepLog', function: 'jobs', everySeconds: 10 },
    { name: 'publishStatus', function: 'jobs', everySeconds: 60 },
    { name: 'massActs', function: 'jobs', everySeconds: 60 },
    { name: 'remind', function: 'jobs', everySeconds: 60 },
    { name: 'tell', function: 'notices', everySeconds: 10 },
  ],
  storage: [
    // Whatever a call is told of goes with the decision: this is for what was uploaded for a call that never came.
    { prefix: 'evidence/', clientAccess: 'upload', maxBytes: 25_000_000, keptDays: 1 },
    { prefix: 'review/', clientAccess: 'none', maxBytes: 25_000_000 },
  ],
} as const satisfies Resources;
