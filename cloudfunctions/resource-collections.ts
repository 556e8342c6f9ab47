import type { Collection } from './resource-types';

/** Finds what is over. */
const byEnd = { name: 'by_end', keys: { expiresAt: 1 }, unique: false, sparse: false } as const;

/** Finds what a provider of OAuth keeps, beside its names. */
const ofProvider = [
  byEnd,
  { name: 'by_grant', keys: { grant: 1 }, unique: false, sparse: true },
  { name: 'by_uid', keys: { uid: 1 }, unique: true, sparse: true },
] as const;

/** Every collection of the database, with its indexes. */
export const collections = [
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
    indexes: [{ name: 'by_partner', keys: { partner: 1, state: 1, askedAt: 1, _id: 1 }, unique: false, sparse: false }],
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
] as const satisfies readonly Collection[];
