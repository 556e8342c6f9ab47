import { createRouter, type Authenticate } from '../_adapters/api/router';
import type { HttpReply, HttpRequest } from '../_adapters/runtime/http-event';
import type { Log } from '../_core/ambient-ports';
import { readCardStatus } from '../_core/institutions/card-status';
import { describeServer, type DescribedCaller } from '../_core/institutions/describe-server';
import {
  openInstitutionCounter,
  readInstitutionCounter,
  type InstitutionCounterPorts,
} from '../_core/institutions/open-counter';
import { readConsent } from '../_core/institutions/read-consent';
import { readVerification, type ReadVerificationPorts } from '../_core/institutions/read-verification';
import type { ReferencePorts } from '../_core/institutions/referred-card';
import { reportInstitutionLook } from '../_core/institutions/report-look';
import { verifyCode, type VerifyCodePorts } from '../_core/institutions/verify-code';
import type { NoteLookPorts } from '../_core/showing/report-look';

/** What the routes of verifications need. */
export type VerificationPorts = VerifyCodePorts &
  ReadVerificationPorts &
  InstitutionCounterPorts &
  ReferencePorts &
  NoteLookPorts & { readonly log: Log };

interface Options {
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
export const createVerificationRoutes = (ports: VerificationPorts, options: Options): VerificationRoutes =>
  createRouter(
    ports,
    {
      verifyCode: ({ caller, idempotencyKey, order }) => verifyCode(ports, caller, idempotencyKey, order),
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
