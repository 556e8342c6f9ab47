import { createCarryOut } from '../../cloudfunctions/_core/operators/carry-out';
import type { Result } from '../../cloudfunctions/_core/result';
import { createRegistrationStore } from './registration-store';

type Ports = Omit<Parameters<typeof createCarryOut>[0], 'deleteCard' | keyof Registrations>;
type Registrations = ReturnType<typeof createRegistrationStore>['ports'];

/** Carries acts out as the operators' function does, which leaves none of these to a job. */
export const createCarriedOut = (
  ports: Ports,
): ((...call: Parameters<ReturnType<typeof createCarryOut>>) => Promise<Result<unknown>>) => {
  const carryOut = createCarryOut({
    ...createRegistrationStore().ports,
    ...ports,
    deleteCard: () => Promise.resolve('later'),
  });
  return async (...call) => {
    const carried = await carryOut(...call);
    if (carried === 'later') throw new Error('left to a job');
    return carried;
  };
};
