import type { ConfirmGuardian } from '../../_core/guardian/consent';
import type { AuthorityClient } from './authority-from-environment';

/**
 * The authority's word on guardianship. The police's household register and the civil affairs' records know it, and neither publishes an
 * interface: one is assumed here in the style of that for faces, so that a real one is another adapter behind the same port.
 */
const guardianship = { action: 'DescribeGuardianship', version: '2018-03-01' } as const;

const answers: Readonly<Record<string, 'confirmed' | 'not_guardian' | 'unknown'>> = {
  Guardian: 'confirmed',
  NotGuardian: 'not_guardian',
  NotRecorded: 'unknown',
};

const resultOf = (answer: unknown): string => {
  const result = typeof answer === 'object' && answer !== null ? (Reflect.get(answer, 'Result') as unknown) : undefined;
  return typeof result === 'string' ? result : '';
};

/** Asks the authority whether an adult is a child's guardian. @param onFault hears that an answer could not be read, never of whom */
export const createGuardianshipQuestion =
  (client: AuthorityClient, onFault: (code: string) => void): ConfirmGuardian =>
  async (guardian, child) => {
    const { action, version } = guardianship;
    const answer = await client(action, version, {
      GuardianIdCard: guardian.number,
      GuardianName: guardian.name,
      ChildIdCard: child.number,
      ChildName: child.name,
    });
    if (answer === null) return 'unavailable';
    const word = answers[resultOf(answer)];
    if (!word) onFault('malformed_answer');
    return word ?? 'unavailable';
  };
