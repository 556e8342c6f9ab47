import type { Verification, VerificationOrder } from '../../../protocol';
import { createRouter, type Authenticate } from '../api/router';
import type { HttpReply, HttpRequest } from '../runtime/http-event';
import type { Log } from '../../_core/ambient-ports';
import { readCardStatus } from '../../_core/institutions/card-status';
import type { InstitutionCaller } from '../../_core/institutions/counter';
import { describeServer, type DescribedCaller } from '../../_core/institutions/describe-server';
import {
  openInstitutionCounter,
  readInstitutionCounter,
  type InstitutionCounterPorts,
} from '../../_core/institutions/open-counter';
import { readConsent } from '../../_core/institutions/read-consent';
import { readVerification, type ReadVerificationPorts } from '../../_core/institutions/read-verification';
import type { ReferencePorts } from '../../_core/institutions/referred-card';
import { reportInstitutionLook } from '../../_core/institutions/report-look';
import { verifyCode, type VerifyCodePorts } from '../../_core/institutions/verify-code';
import type { Result } from '../../_core/result';
import type { NoteLookPorts } from '../../_core/showing/report-look';

/** What the routes of verifications need, but for what redeems a code. */
type ReadingPorts = ReadVerificationPorts &
  InstitutionCounterPorts &
  ReferencePorts &
  NoteLookPorts & { readonly log: Log };

/** What the routes of verifications need where codes are holders'. */
export type VerificationPorts = VerifyCodePorts & ReadingPorts;

/** What the routes of verifications need. */
export type RoutePorts = ReadingPorts & {
  /** Has a code checked, as `verifyCode` does. */
  readonly verify: (
    caller: InstitutionCaller,
    idempotencyKey: string,
    order: VerificationOrder,
  ) => Promise<Result<Verification>>;
};

/** The routes' ports where codes are holders'. */
export const redeeming = (ports: VerificationPorts): RoutePorts => ({
  ...ports,
  verify: (...order) => verifyCode(ports, ...order),
});

interface Options {
  /** By which name the log speaks of the function. */
  readonly name: string;
  /** Below whose address problems are described. */
  readonly issuer: string;
  /** Below which path the operations lie. */
  readonly path: string;
}

/** The routes of what partners' servers ask with a token. */
export type VerificationRoutes = (
  request: HttpRequest,
  authenticate: Authenticate<DescribedCaller>,
) => Promise<HttpReply> | null;

/**
 * The routes by which partners' servers have codes checked: what they are is said by their rows (`_adapters/api/operations`).
 * @returns what answers a request; null for a path that is none of these
 */
export const createVerificationRoutes = (ports: RoutePorts, options: Options): VerificationRoutes =>
  createRouter(
    ports,
    {
      verifyCode: ({ caller, idempotencyKey, order }) => ports.verify(caller, idempotencyKey, order),
      readVerification: ({ caller, named }) => readVerification(ports, caller, named.id),
      reportLook: ({ caller, named, order }) => reportInstitutionLook(ports, caller, named.id, order),
      openCounter: ({ caller, order }) => openInstitutionCounter(ports, caller, order),
      readCounter: ({ caller, named }) => readInstitutionCounter(ports, caller, named.session),
      readCardStatus: ({ caller, named }) => readCardStatus(ports, caller, named.reference),
      readConsent: ({ caller, named }) => readConsent(ports, caller, named.reference),
      describeServer: ({ caller }) => describeServer(ports, caller),
    },
    options,
  );
