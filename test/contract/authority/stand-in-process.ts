/**
 * Runs the stand-in in a process of its own, as on the laptop: the recognition runtime is native and takes no arrays of jest's realm.
 * Arguments: data folder, folder of models. Messages in: `{ enrol: {…} }` (portrait as base64) and `{ end: true }`.
 */
import { sampleRegister, startAuthority } from '../../../local/authority';

interface Command {
  readonly enrol?: { readonly name: string; readonly number: string; readonly portrait: string };
  readonly end?: true;
}

const [dataDir = '', models = ''] = process.argv.slice(2);

const run = async (): Promise<void> => {
  const authority = await startAuthority({ dataDir, models, people: sampleRegister() });
  process.on('message', ({ enrol, end }: Command) => {
    if (end)
      void authority.close().then(() => {
        process.disconnect();
      });
    if (enrol) {
      void authority
        .enrol({ ...enrol, portrait: Buffer.from(enrol.portrait, 'base64') })
        .then((outcome) => process.send?.({ outcome }));
    }
  });
  await authority.warm();
  process.send?.({ url: authority.url, credentials: authority.credentials });
};

run().catch((error: unknown) => {
  process.send?.({ failure: String(error) });
  process.exitCode = 1;
  process.disconnect();
});
