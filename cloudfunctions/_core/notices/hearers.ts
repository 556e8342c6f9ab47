import { findInstitution, type Institution, type InstitutionPorts } from '../institutions/institution';
import type { ToTell } from './queue-notices';

/** Where a server hears of events now; null where it, or its partner, asks nothing any more, or never asked for events. */
export const hearsAt = async (ports: InstitutionPorts, client: string): Promise<Institution['events']> =>
  (await findInstitution(ports, client))?.institution.events ?? null;

/** What of all this is for servers that hear of events now: for nobody else anything is sealed. */
export const heardNow = async (ports: InstitutionPorts, all: readonly ToTell[]): Promise<readonly ToTell[]> => {
  const hearing = new Set<string>();
  for (const client of new Set(all.map(({ consent }) => consent.client))) {
    if (await hearsAt(ports, client)) hearing.add(client);
  }
  return all.filter(({ consent }) => hearing.has(consent.client));
};
