import { Resolver } from 'node:dns/promises';

/** All addresses that a name has in the public DNS, those of IPv4 first; none where it has none, or nobody says in time. */
export type ResolveName = (name: string) => Promise<readonly string[]>;

/** How long one server of names may take, in milliseconds, and how often it is asked. */
const TIMEOUT_MS = 1000;
const TRIES = 2;

/** Asks the DNS itself: no file of this machine names what is outside, and no name of this machine is looked up. */
export const resolveName: ResolveName = async (name) => {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  const asked = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  return asked.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
};
