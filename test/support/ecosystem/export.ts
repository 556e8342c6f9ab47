import { createOrderStatement, validators, type ExportDataReply } from '../../../protocol';
import { accepted, type Client } from './client';
import type { KeyPair } from './keys';

/** Asks for everything that is stored of a holder, signed by a key; the reply as it comes. */
export const askExport = async (client: Client, { publicKey: holderKey, sign }: KeyPair): Promise<unknown> => {
  const prepared = await accepted(client.ask('holder', { action: 'prepareExport' }), validators.PrepareExportReply);
  const statement = createOrderStatement('export', { challenge: prepared.challenge, holderKey, sign });
  return client.ask('holder', { action: 'exportData', statement });
};

/** The first page of everything that is stored of a holder. */
export const exportOf = (client: Client, key: KeyPair): Promise<ExportDataReply> =>
  accepted(askExport(client, key), validators.ExportDataReply);
