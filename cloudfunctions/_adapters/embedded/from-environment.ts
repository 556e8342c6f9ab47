import { join } from 'node:path';
import type { MeasureFace, ReadSide } from '../../_core/proofing/ports';
import { required } from '../runtime/environment';
import { createEmbeddedProofing } from './index';

/**
 * The recogniser that the environment names in `PROOFING_PROVIDER`. The embedded models miss the false-non-match rate that an
 * identity scheme needs and their training data is undocumented: outside a local environment they run only where they are asked
 * for as `embedded-for-evaluation`.
 * @throws Error where the provider is unknown or not allowed here
 */
export const createRecogniser = (): { readonly readSide: ReadSide; readonly measureFace: MeasureFace } => {
  const provider = required('PROOFING_PROVIDER');
  const isLocal = required('TCB_ENV').startsWith('local-');
  if (provider !== 'embedded-for-evaluation' && !(provider === 'embedded' && isLocal)) {
    throw new Error('PROOFING_PROVIDER: `embedded` serves local environments; elsewhere say `embedded-for-evaluation`');
  }
  // Files are looked for as the instance starts; each network is loaded for the first picture that needs it.
  const loading = createEmbeddedProofing({ models: join(__dirname, 'models') });
  loading.catch(() => undefined);
  return {
    readSide: async (picture) => (await loading).readSide(picture),
    measureFace: async (picture) => (await loading).measureFace(picture),
  };
};
