import type { LoadPartners, Partner } from '../../_core/showing/partner';
import { database } from './app';

/** A partner as it lies in the collection `partners`, under the id that its staff's records name. */
export interface PartnerDocument extends Partner {
  readonly _id: string;
}

/** The partners of these ids, in one read. */
export const loadPartners: LoadPartners = async (ids) => {
  // The database refuses a limit of nothing.
  if (ids.length === 0) return new Map();
  const query = { _id: database.command.in([...ids]) };
  const answer = (await database.collection('partners').where(query).limit(ids.length).get()) as { data: unknown };
  // Written by the issuer's operators alone.
  const found = answer.data as readonly PartnerDocument[];
  return new Map(found.map(({ _id, names, state }) => [_id, { names, state }]));
};
