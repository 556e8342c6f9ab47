import { fileId } from '../../protocol';
import { validators } from '../../protocol/wire/validators';
import { downloadPicture } from '../_adapters/cloudbase/evidence';
import { packDocument, packFloats } from '../_adapters/cloudbase/packed-document';
import { createOpenAuthenticated } from '../_adapters/crypto/authenticated-call';
import { createRecogniser } from '../_adapters/embedded/from-environment';
import { now, today } from '../_adapters/runtime/ambient';
import { requiredKey } from '../_adapters/runtime/environment';
import { log } from '../_adapters/runtime/log';
import { action, serve } from '../_adapters/runtime/serve';
import { checkSelfie } from '../_core/proofing/check-selfie';
import { readDocumentPictures } from '../_core/proofing/read-document';
import { done } from '../_core/result';

const ports = { now, today, log, downloadPicture, ...createRecogniser() };

/** What `holder` may ask, and nobody else. */
export const main = serve('proofing', createOpenAuthenticated(requiredKey('PROOFING_KEY'), now), {
  readDocument: action(validators.ReadPicturesCall, async (_caller, { front, back }) => {
    const document = await readDocumentPictures(ports, { front: fileId(front), back: fileId(back) });
    return document.ok ? done({ ok: true, ...packDocument(document.value) }) : document;
  }),
  checkSelfie: action(validators.CheckSelfieCall, async (_caller, { selfie }) => {
    const checked = await checkSelfie(ports, fileId(selfie));
    if (!checked.ok) return checked;
    const jpeg = Buffer.from(checked.value.jpeg).toString('base64');
    return done({ ok: true, jpeg, embedding: packFloats(checked.value.embedding) });
  }),
  measurePortrait: action(validators.MeasurePortraitCall, async (_caller, { jpeg }) => {
    const measured = await ports.measureFace(Buffer.from(jpeg, 'base64'));
    return done({ ok: true, embedding: measured.kind === 'face' ? packFloats(measured.embedding) : null });
  }),
});
