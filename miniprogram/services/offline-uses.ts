import { validators, type PassUseResult, type PurposeId, type ReconcilePassesRequest } from '../protocol';
import { keep, load } from '../platform/storage';

/** A pass that was accepted and not handed in yet. */
export type PassUse = ReconcilePassesRequest['uses'][number];

/** What staff must be told of a pass that was handed in. */
export interface UseReport {
  readonly result: PassUseResult;
  readonly acceptedAt: number;
  readonly purpose: PurposeId;
}

/** What a terminal has accepted without a network. */
export interface OfflineUses {
  /** Ids of the passes that this terminal has accepted, and when each ends: until then a second showing is refused at once. */
  readonly used: readonly { readonly id: string; readonly until: number }[];
  /** What is still to be handed in, oldest first. */
  readonly unsent: readonly (PassUse & { readonly purpose: PurposeId })[];
  /** What staff have not read yet. */
  readonly reports: readonly UseReport[];
}

const STORED_AS = 'offline-uses';

const isOfParts = (value: unknown): value is OfflineUses =>
  typeof value === 'object' &&
  value !== null &&
  'used' in value &&
  Array.isArray(value.used) &&
  'unsent' in value &&
  Array.isArray(value.unsent) &&
  'reports' in value &&
  Array.isArray(value.reports);

const isUses = (value: unknown): value is OfflineUses =>
  isOfParts(value) &&
  value.used.every(({ id, until }) => typeof id === 'string' && typeof until === 'number') &&
  value.reports.every(({ result }) => validators.PassUseResult(result)) &&
  (value.unsent.length === 0 ||
    value.unsent.every(({ purpose: _own, ...use }) =>
      validators.ReconcilePassesRequest({ action: 'reconcilePasses', uses: [use] }),
    ));

const nothing: OfflineUses = { used: [], unsent: [], reports: [] };

/** @throws StorageFailure */
export const loadUses = async (): Promise<OfflineUses> => {
  const kept = await load(STORED_AS);
  return isUses(kept) ? kept : nothing;
};

/** @throws StorageFailure */
export const keepUses = (uses: OfflineUses): Promise<void> => keep(STORED_AS, uses);
