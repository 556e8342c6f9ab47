import { CloudError } from '../cloud-error';

const ADVICE = 'Please check your request, but if the problem persists, contact us.';

/** Another transaction or write was first. The SDK's `runTransaction` tries again at this code, and at no other. */
export function conflict(): CloudError {
  return new CloudError(
    'DATABASE_TRANSACTION_CONFLICT',
    `[ResourceUnavailable.TransactionConflict] Transaction is conflict, maybe resource operated by others. ${ADVICE}`,
  );
}

/** The transaction was committed or ended, or there never was one. */
export function notExist(): CloudError {
  return new CloudError(
    'DATABASE_TRANSACTION_FAIL',
    `[ResourceUnavailable.TransactionNotExist] Transaction does not exist on the server, transaction must be commit or abort in 30 seconds. ${ADVICE}`,
  );
}

/** Another operation of the same transaction is under way. */
export function busy(): CloudError {
  return new CloudError(
    'DATABASE_TRANSACTION_FAIL',
    `[ResourceUnavailable.TransactionBusy] Transaction is busy. ${ADVICE}`,
  );
}

/** A limit of this server is reached. */
export function refused(reason: string): CloudError {
  return new CloudError('DATABASE_TRANSACTION_FAIL', `[FailedOperation] ${reason}`);
}
