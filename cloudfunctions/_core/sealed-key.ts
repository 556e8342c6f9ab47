import type { Brand } from '../../protocol';

/** A record's own data key, wrapped by the service's key-encryption key: destroying it erases what it sealed. */
export type SealedKey = Brand<string, 'SealedKey'>;
