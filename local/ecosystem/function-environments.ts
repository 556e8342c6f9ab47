import { messageTemplates } from './message-templates';
import { keySetOf, publicKeySetOf, type Secrets } from './secrets';

/**
 * What the manifest's functions are given, by name, once the issuer's address is known.
 * @param authority where the authority is and how one logs in there, as JSON
 */
export const functionEnvironments = (
  secrets: Secrets,
  authority: string,
): Readonly<Record<string, (issuer: string) => Readonly<Record<string, string>>>> => ({
  holder: (issuer) => ({
    ISSUER: issuer,
    ISSUER_KEYS: keySetOf(secrets.issuerKeys),
    DATA_KEY: secrets.dataKey,
    INDEX_KEY: secrets.indexKey,
    PROOFING_KEY: secrets.proofingKey,
    AUTHORITY: authority,
    REMINDER_TEMPLATES: messageTemplates,
  }),
  verifier: (issuer) => ({
    ISSUER: issuer,
    RECEIPT_KEYS: keySetOf(secrets.receiptKeys),
    DATA_KEY: secrets.dataKey,
    INDEX_KEY: secrets.indexKey,
    ISSUER_PUBLIC_KEYS: publicKeySetOf(secrets.issuerKeys),
  }),
  public: (issuer) => ({
    ISSUER: issuer,
    ISSUER_PUBLIC_KEYS: publicKeySetOf(secrets.issuerKeys),
    RECEIPT_PUBLIC_KEYS: publicKeySetOf(secrets.receiptKeys),
  }),
  operator: (issuer) => ({
    ISSUER: issuer,
    DATA_KEY: secrets.dataKey,
    INDEX_KEY: secrets.indexKey,
    ISSUER_PUBLIC_KEYS: publicKeySetOf(secrets.issuerKeys),
    RECEIPT_PUBLIC_KEYS: publicKeySetOf(secrets.receiptKeys),
  }),
  institution: (issuer) => ({
    ISSUER: issuer,
    INSTITUTION_KEYS: keySetOf(secrets.institutionKeys),
    PAIRWISE_KEY: secrets.pairwiseKey,
    REFERENCE_KEY: secrets.referenceKey,
    DATA_KEY: secrets.dataKey,
    INDEX_KEY: secrets.indexKey,
    RECEIPT_KEYS: keySetOf(secrets.receiptKeys),
  }),
  sandbox: (issuer) => ({
    ISSUER: issuer,
    SANDBOX_KEYS: keySetOf(secrets.sandboxKeys),
    SANDBOX_RECEIPT_KEYS: keySetOf(secrets.sandboxReceiptKeys),
    SANDBOX_SECRET: secrets.sandboxSecret,
  }),
  notices: (issuer) => ({
    ISSUER: issuer,
    INSTITUTION_KEYS: keySetOf(secrets.institutionKeys),
    PAIRWISE_KEY: secrets.pairwiseKey,
    REFERENCE_KEY: secrets.referenceKey,
    DATA_KEY: secrets.dataKey,
    INDEX_KEY: secrets.indexKey,
  }),
  emergency: () => ({ DATA_KEY: secrets.dataKey, INDEX_KEY: secrets.indexKey }),
  jobs: (issuer) => ({
    ISSUER: issuer,
    ISSUER_KEYS: keySetOf(secrets.issuerKeys),
    DATA_KEY: secrets.dataKey,
    INDEX_KEY: secrets.indexKey,
    AUTHORITY: authority,
    REMINDER_TEMPLATES: messageTemplates,
  }),
  proofing: () => ({ PROOFING_KEY: secrets.proofingKey, PROOFING_PROVIDER: 'embedded' }),
});
