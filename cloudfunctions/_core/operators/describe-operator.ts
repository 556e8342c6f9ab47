import {
  criticalActs,
  mayActCritically,
  mayOperate,
  operatorActions,
  type AccountKey,
  type DescribeOperatorReply,
} from '../../../protocol';
import { done, refuse, type Result } from '../result';
import type { OperatorPorts } from './operator';

/** Who the caller is among the operators, and what the role may do. Refuses `not_permitted` to everybody else. */
export const describeOperator = async (
  ports: OperatorPorts,
  account: AccountKey,
): Promise<Result<DescribeOperatorReply>> => {
  const operator = await ports.loadOperator(account);
  if (!operator) return refuse('not_permitted');
  const { id, role } = operator;
  return done({
    ok: true,
    operator: id,
    role,
    may: operatorActions.filter((action) => mayOperate(role, action)),
    acts: criticalActs.filter((act) => mayActCritically(role, act)),
  });
};
