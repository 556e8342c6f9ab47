/** An index of a collection. A document that lacks every key of a sparse index is left out of it. */
export interface Index {
  readonly name: string;
  readonly keys: Readonly<Record<string, 1 | -1>>;
  readonly unique: boolean;
  readonly sparse: boolean;
}

export interface Collection {
  readonly name: string;
  readonly indexes: readonly Index[];
  /** What a client may do without a function; `none` for all that holds anything of a person. */
  readonly clientAccess: 'none' | 'read';
}

export interface CloudFunction {
  readonly name: string;
  readonly runtime: 'Nodejs20.19';
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** Who may invoke it: the mini-program through WeChat, HTTP through a route, or another function of ours. */
  readonly invokedBy: readonly ('wechat' | 'http' | 'function' | 'timer')[];
  /** Names of the environment variables that it needs; the deployer and the local CloudBase refuse to start it without. */
  readonly environment: readonly string[];
  /** WeChat's server interfaces that it may call; uploaded as its `config.json`. Absent: none. */
  readonly openApis?: readonly string[];
}

/** An HTTP path prefix and the function that answers below it. */
export interface Route {
  readonly path: string;
  readonly function: string;
}

/** A function that is called again and again, with the timer's name in the event. */
export interface Timer {
  readonly name: string;
  readonly function: string;
  readonly everySeconds: number;
}

/** A folder of cloud storage and what the mini-program itself may do there. */
export interface StorageFolder {
  readonly prefix: string;
  readonly clientAccess: 'none' | 'upload';
  readonly maxBytes: number;
}

/** Everything that an environment must have: the deployer applies it, the local CloudBase refuses whatever is not in it. */
export interface Resources {
  readonly collections: readonly Collection[];
  readonly functions: readonly CloudFunction[];
  readonly routes: readonly Route[];
  readonly timers: readonly Timer[];
  readonly storage: readonly StorageFolder[];
}

export const resources = {
  collections: [
    {
      name: 'cases',
      indexes: [
        { name: 'by_account', keys: { account: 1, createdAt: -1 }, unique: false, sparse: false },
        { name: 'by_end', keys: { state: 1, expiresAt: 1 }, unique: false, sparse: false },
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
        // Whom a mass act meets.
        { name: 'by_kid', keys: { 'card.credential.kid': 1, _id: 1 }, unique: false, sparse: false },
        { name: 'by_office', keys: { office: 1, _id: 1 }, unique: false, sparse: false },
        { name: 'by_minting', keys: { 'card.mintedAt': 1 }, unique: false, sparse: false },
        { name: 'by_last_showing', keys: { 'lastShowing.handle': 1 }, unique: true, sparse: true },
        { name: 'by_kill_code', keys: { 'killCode.key': 1 }, unique: true, sparse: true },
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
      indexes: [
        { name: 'by_partner', keys: { partner: 1 }, unique: false, sparse: false },
        { name: 'by_end', keys: { expiresAt: 1 }, unique: false, sparse: false },
      ],
      clientAccess: 'none',
    },
    { name: 'operators', indexes: [], clientAccess: 'none' },
    {
      name: 'proposals',
      indexes: [{ name: 'by_state', keys: { state: 1, proposedAt: 1 }, unique: false, sparse: false }],
      clientAccess: 'none',
    },
    {
      name: 'visits',
      indexes: [{ name: 'by_end', keys: { expiresAt: 1 }, unique: false, sparse: false }],
      clientAccess: 'none',
    },
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
      name: 'rate_windows',
      indexes: [{ name: 'by_end', keys: { endsAt: 1 }, unique: false, sparse: false }],
      clientAccess: 'none',
    },
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
      indexes: [{ name: 'by_state', keys: { state: 1 }, unique: false, sparse: false }],
      clientAccess: 'none',
    },
    { name: 'remint_queue', indexes: [], clientAccess: 'none' },
    {
      name: 'counter_sessions',
      indexes: [{ name: 'by_end', keys: { expiresAt: 1 }, unique: false, sparse: false }],
      clientAccess: 'none',
    },
    {
      name: 'passes',
      indexes: [{ name: 'by_end', keys: { expiresAt: 1 }, unique: false, sparse: false }],
      clientAccess: 'none',
    },
    {
      name: 'pass_uses',
      indexes: [{ name: 'by_end', keys: { expiresAt: 1 }, unique: false, sparse: false }],
      clientAccess: 'none',
    },
    { name: 'log_batches', indexes: [], clientAccess: 'none' },
    { name: 'log_tiles', indexes: [], clientAccess: 'none' },
    { name: 'log_checkpoints', indexes: [], clientAccess: 'none' },
    {
      name: 'events',
      indexes: [
        { name: 'unsequenced', keys: { unsequenced: 1 }, unique: false, sparse: true },
        { name: 'by_commitment', keys: { commitment: 1 }, unique: false, sparse: false },
        { name: 'by_act', keys: { 'open.content.kind': 1, at: -1 }, unique: false, sparse: true },
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
      environment: ['ISSUER', 'ISSUER_KEYS', 'DATA_KEY', 'INDEX_KEY', 'PROOFING_KEY', 'AUTHORITY'],
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
      environment: ['DATA_KEY', 'INDEX_KEY'],
    },
    {
      name: 'public',
      runtime: 'Nodejs20.19',
      memoryMb: 256,
      timeoutSeconds: 10,
      invokedBy: ['http'],
      environment: ['ISSUER', 'ISSUER_PUBLIC_KEYS', 'RECEIPT_PUBLIC_KEYS'],
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
      environment: ['ISSUER', 'ISSUER_KEYS', 'DATA_KEY', 'INDEX_KEY', 'AUTHORITY'],
    },
  ],
  routes: [
    { path: '/.well-known', function: 'public' },
    { path: '/public', function: 'public' },
    { path: '/public/kill', function: 'emergency' },
  ],
  timers: [
    { name: 'expire', function: 'jobs', everySeconds: 300 },
    { name: 'finish', function: 'jobs', everySeconds: 60 },
    { name: 'forget', function: 'jobs', everySeconds: 3600 },
    { name: 'quotas', function: 'jobs', everySeconds: 300 },
    { name: 'followSource', function: 'jobs', everySeconds: 300 },
    { name: 'keepLog', function: 'jobs', everySeconds: 10 },
    { name: 'publishStatus', function: 'jobs', everySeconds: 60 },
    { name: 'massActs', function: 'jobs', everySeconds: 60 },
  ],
  storage: [
    { prefix: 'evidence/', clientAccess: 'upload', maxBytes: 25_000_000 },
    { prefix: 'review/', clientAccess: 'none', maxBytes: 25_000_000 },
  ],
} as const satisfies Resources;
