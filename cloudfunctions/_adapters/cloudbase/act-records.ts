import type { RecordOperatorAct } from '../../_core/operators/operator-act';
import type { RecordPartnerAct } from '../../_core/partners/partner-ports';
import type { Events } from './events';

/** Acts of partners and operators as entries of the log. */
export const createActRecords = ({
  makeOpenEvent,
  appendEvent,
}: Pick<Events, 'makeOpenEvent' | 'appendEvent'>): {
  readonly recordPartnerAct: RecordPartnerAct;
  readonly recordOperatorAct: RecordOperatorAct;
} => {
  const record = async (act: Parameters<typeof makeOpenEvent>[0]): Promise<void> => {
    await appendEvent(makeOpenEvent(act));
  };
  return { recordPartnerAct: record, recordOperatorAct: record };
};
