import { criticalActs, operatorActions, operatorRoles } from '../operators/roles';
import { hexId, type Typed } from './schema';

/** An operator asks who they are here: the desk shows what their role may do, and nothing else. */
export const DescribeOperatorRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'describeOperator' } },
} as const;
export type DescribeOperatorRequest = Typed<typeof DescribeOperatorRequest>;

export const DescribeOperatorReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'operator', 'role', 'may', 'acts'],
  properties: {
    ok: { const: true },
    /** The operator's own random id, as proposals and the audit name it. */
    operator: hexId,
    role: { type: 'string', enum: operatorRoles },
    may: { type: 'array', maxItems: 20, items: { type: 'string', enum: operatorActions } },
    /** The critical acts that the role may propose and confirm. */
    acts: { type: 'array', maxItems: 20, items: { type: 'string', enum: criticalActs } },
  },
} as const;
export type DescribeOperatorReply = Typed<typeof DescribeOperatorReply>;
