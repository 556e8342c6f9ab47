import { mayOperate, type AccountKey, type OperatorAction, type OperatorRole } from '../../../protocol';
import { refuse, type Result } from '../result';

/** A person who acts for the issuer. */
export interface Operator {
  /** 32 hexadecimal digits, random: names the operator wherever the account must not be named. */
  readonly id: string;
  readonly role: OperatorRole;
}

/** The operator of that account, if active. */
export type LoadOperator = (account: AccountKey) => Promise<Operator | null>;

/** The operator of that random id, if active. */
export type LoadOperatorById = (id: string) => Promise<Operator | null>;

export interface OperatorPorts {
  readonly loadOperator: LoadOperator;
}

/** Runs a use case for an operator whose role allows it. Refuses `not_permitted` to everybody else. */
export const asOperator = async <Value>(
  ports: OperatorPorts,
  account: AccountKey,
  action: OperatorAction,
  run: (operator: Operator) => Promise<Result<Value>>,
): Promise<Result<Value>> => {
  const operator = await ports.loadOperator(account);
  return operator && mayOperate(operator.role, action) ? run(operator) : refuse('not_permitted');
};
