import type { Names } from '../../../protocol';

/** A business that is registered for checks, as people know it. */
export interface Partner {
  readonly names: Names;
  readonly state: 'active' | 'suspended';
}

/** The partners of these ids, in one read; one that is not registered is left out. */
export type LoadPartners = (ids: readonly string[]) => Promise<ReadonlyMap<string, Partner>>;
