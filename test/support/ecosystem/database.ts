import tcb from '@cloudbase/node-sdk';
import type { LocalCloud } from '../../../local/cloud';

/** The service's database, as its operator's console reaches it. */
export const databaseOf = ({ credentials }: LocalCloud) => {
  const { envId, secretId, secretKey, serviceUrl } = credentials;
  return tcb.init({ env: envId, secretId, secretKey, serviceUrl }).database();
};

/** How many documents each collection holds. */
export const counts = async (cloud: LocalCloud): Promise<Readonly<Record<string, number>>> => {
  const state = (await (await fetch(`${cloud.url}/_local/state`)).json()) as { collections: Record<string, number> };
  return state.collections;
};
