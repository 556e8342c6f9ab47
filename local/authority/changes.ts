import { Ajv } from 'ajv';
import type { FromSchema } from 'json-schema-to-ts';
import { parseJson } from './question';
import type { Register } from './register';
import type { Outcome } from './service';

/** The list of changes: no action of the real service, see this folder's README. */
export const changesAction = 'DescribeIdentityChanges';

const Wanted = {
  type: 'object',
  additionalProperties: false,
  properties: {
    Cursor: { type: 'string', pattern: '^[0-9]{1,15}$' },
    Limit: { type: 'integer', minimum: 1, maximum: 100 },
  },
} as const;
const isWanted = new Ajv().compile<FromSchema<typeof Wanted>>(Wanted);

/** Answers with the changes behind a cursor, oldest first. */
export const listChanges = (body: Uint8Array, register: Register): Outcome => {
  const wanted = parseJson(body);
  if (!isWanted(wanted)) return { kind: 'error', code: 'InvalidParameter', message: 'Cursor or Limit is invalid' };
  const { Cursor = '0', Limit = 100 } = wanted;
  const found = register.changesAfter(Number(Cursor), Limit + 1);
  const page = found.slice(0, Limit);
  return {
    kind: 'changes',
    changes: page.map(({ number, kind, reportedOn }) => ({ IdCard: number, Kind: kind, ReportedOn: reportedOn })),
    cursor: String(page.at(-1)?.place ?? Cursor),
    isLast: found.length <= Limit,
  };
};
