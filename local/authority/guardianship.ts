import { Ajv } from 'ajv';
import type { FromSchema } from 'json-schema-to-ts';
import { readNumber } from './compare';
import { parseJson } from './question';
import type { Register } from './register';
import type { Outcome } from './service';

/** Whether an adult is a child's guardian: no action of the real service, see this folder's README. */
export const guardianshipAction = 'DescribeGuardianship';

const idCard = { type: 'string', minLength: 1, maxLength: 64 } as const;
const name = { type: 'string', minLength: 1, maxLength: 128 } as const;
const Wanted = {
  type: 'object',
  additionalProperties: false,
  required: ['GuardianIdCard', 'GuardianName', 'ChildIdCard', 'ChildName'],
  properties: { GuardianIdCard: idCard, GuardianName: name, ChildIdCard: idCard, ChildName: name },
} as const;
const isWanted = new Ajv().compile<FromSchema<typeof Wanted>>(Wanted);

/** Says `Guardian` or `NotGuardian` of a child whose guardians are recorded, and `NotRecorded` of everybody else. */
export const askGuardianship = (body: Uint8Array, register: Register): Outcome => {
  const wanted = parseJson(body);
  if (!isWanted(wanted)) return { kind: 'error', code: 'InvalidParameter', message: 'a name or a number is invalid' };
  const person = (number: string, called: string) => {
    const found = register.find(readNumber(number) ?? '');
    return found?.name === called ? found : null;
  };
  const child = person(wanted.ChildIdCard, wanted.ChildName);
  const guardian = person(wanted.GuardianIdCard, wanted.GuardianName);
  const recorded = child ? register.guardiansOf(child.number) : [];
  if (recorded.length === 0) return { kind: 'guardianship', word: 'NotRecorded' };
  const isOne = guardian !== null && recorded.includes(guardian.number);
  return { kind: 'guardianship', word: isOne ? 'Guardian' : 'NotGuardian' };
};
