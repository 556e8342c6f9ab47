import type { HolderNameOf } from '../../_core/asks/read-ask';
import type { DrawLineMarks, DrawNames } from '../../_core/notices/notice';
import { drawReference } from './references';
import type { Sealing } from './sealing';

/** Names of holders, drawn from their identities' data keys and stored nowhere: with the key, the name is gone for good. */
export const createHolderNames =
  ({ draw }: Pick<Sealing, 'draw'>): HolderNameOf =>
  ({ dataKey }) =>
    draw(dataKey, 'holder name').toString('base64url');

/** All that an identity's data key draws for one partner, to be kept where the key itself will be gone. */
export const createDrawNames =
  (sealing: Pick<Sealing, 'draw'>): DrawNames =>
  ({ key: identity, dataKey }, partner) => ({
    identity,
    holder: createHolderNames(sealing)({ dataKey }),
    reference: drawReference(sealing, dataKey, partner),
  });

/** As many bytes as a whole number has room for, with revisions on top. */
const ORDER_BYTES = 6;

/** What an identity's data key draws for a line of notices. */
export const createDrawLineMarks =
  ({ draw }: Pick<Sealing, 'draw'>): DrawLineMarks =>
  ({ dataKey }, line) => ({
    orderOffset: draw(dataKey, `notice order ${line}`).readUIntBE(0, ORDER_BYTES),
    consentName: (number) =>
      draw(dataKey, `notice consent ${line} ${String(number)}`)
        .toString('hex')
        .slice(0, 32),
  });
