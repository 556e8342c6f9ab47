import { offer } from './fake-wx';

/** What the phone's sensor was asked for. */
interface Asked {
  readonly requestAuthModes: readonly string[];
  readonly challenge: string;
  readonly authContent: string;
}

/** A fingerprint sensor that a test looks into. */
export interface FakeSensor {
  modes: readonly string[];
  isEnrolled: boolean;
  /** What asking whether there is a sensor rejects with, if anything. */
  supportFailure: object | null;
  /** What asking for a finger rejects with, if anything. */
  failure: object | null;
  readonly asked: Asked[];
}

/** Puts a sensor into the phone: one that knows a finger which lies on it. */
export const giveSensor = (): FakeSensor => {
  const sensor: FakeSensor = {
    modes: ['fingerPrint'],
    isEnrolled: true,
    supportFailure: null,
    failure: null,
    asked: [],
  };
  const answer = <Given>(failure: object | null, given: Given): Promise<Given> =>
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- WeChat rejects with a plain result
    failure === null ? Promise.resolve(given) : Promise.reject(failure);
  offer({
    checkIsSupportSoterAuthentication: () => answer(sensor.supportFailure, { supportMode: sensor.modes }),
    checkIsSoterEnrolledInDevice: () => answer(null, { isEnrolled: sensor.isEnrolled }),
    startSoterAuthentication: (asked: Asked) => {
      sensor.asked.push(asked);
      return answer(sensor.failure, {
        authMode: 'fingerPrint',
        errCode: 0,
        resultJSON: '{"raw":"signed"}',
        resultJSONSignature: 'c2ln',
      });
    },
  });
  return sensor;
};
