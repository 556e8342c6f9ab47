import type { HolderNameOf } from '../../_core/asks/read-ask';
import type { Sealing } from './sealing';

/** Names of holders, drawn from their identities' data keys and stored nowhere: with the key, the name is gone for good. */
export const createHolderNames =
  ({ draw }: Pick<Sealing, 'draw'>): HolderNameOf =>
  ({ dataKey }) =>
    draw(dataKey, 'holder name').toString('base64url');
