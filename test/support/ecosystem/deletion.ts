import { createOrderStatement, validators } from '../../../protocol';
import { accepted } from './client';
import type { EnrolledHolder } from './enrolment';

/** Has everything of a holder deleted, by the key of their card. */
export const deleteAccount = async ({ client, key }: EnrolledHolder): Promise<void> => {
  const prepared = client.ask('holder', { action: 'prepareDeletion' });
  const { challenge } = await accepted(prepared, validators.PrepareDeletionReply);
  const { publicKey: holderKey, sign } = key;
  const statement = createOrderStatement('deletion', { challenge, holderKey, sign });
  await accepted(client.ask('holder', { action: 'deleteAccount', statement }), validators.DeleteAccountReply);
};
