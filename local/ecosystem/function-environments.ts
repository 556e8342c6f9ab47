import { resources } from '../../cloudfunctions/resources';
import { messageTemplates } from './message-templates';
import { keySetOf, publicKeySetOf, type Secrets } from './secrets';

/** The variables that a function is given, once the issuer's address is known. */
export type EnvironmentOf = (name: string, issuer: string) => Readonly<Record<string, string>>;

/** The value of every variable that functions read. */
const valuesOf = (secrets: Secrets, authority: string): Readonly<Record<string, string>> => ({
  ISSUER_KEYS: keySetOf(secrets.issuerKeys),
  ISSUER_PUBLIC_KEYS: publicKeySetOf(secrets.issuerKeys),
  RECEIPT_KEYS: keySetOf(secrets.receiptKeys),
  RECEIPT_PUBLIC_KEYS: publicKeySetOf(secrets.receiptKeys),
  DATA_KEY: secrets.dataKey,
  INDEX_KEY: secrets.indexKey,
  PROOFING_KEY: secrets.proofingKey,
  PROOFING_PROVIDER: 'embedded',
  AUTHORITY: authority,
  REMINDER_TEMPLATES: messageTemplates,
  INSTITUTION_KEYS: keySetOf(secrets.institutionKeys),
  PAIRWISE_KEY: secrets.pairwiseKey,
  REFERENCE_KEY: secrets.referenceKey,
  SANDBOX_KEYS: keySetOf(secrets.sandboxKeys),
  SANDBOX_RECEIPT_KEYS: keySetOf(secrets.sandboxReceiptKeys),
  SANDBOX_SECRET: secrets.sandboxSecret,
});

/**
 * Gives each function the variables that the manifest declares for it, and no other.
 * @param authority where the authority is and how one logs in there, as JSON
 */
export const functionEnvironments = (secrets: Secrets, authority: string): EnvironmentOf => {
  const values = valuesOf(secrets, authority);
  return (name, issuer) => {
    const declared: readonly string[] = resources.functions.find((one) => one.name === name)?.environment ?? [];
    const given = { ...values, ISSUER: issuer };
    return Object.fromEntries(Object.entries(given).filter(([variable]) => declared.includes(variable)));
  };
};
