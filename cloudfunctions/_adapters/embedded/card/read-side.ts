import type { ReadSide, SideReading } from '../../../_core/proofing/ports';
import { readPortrait } from '../face/portrait';
import type { Quad } from '../image/geometry';
import { decodePicture } from '../image/picture';
import type { Raster } from '../image/raster';
import { detectText } from '../ocr/detect';
import { baseline, upsideDown } from '../ocr/direction';
import { readBack } from './back';
import { readFront } from './front';
import { toRows } from './rows';
import { recogniseSide } from './side';
import { viewCard, type CardModels } from './view';

/** Longer side at which pictures of cards are kept. */
const workingSide = 2400;

/** Longer side at which text is looked for in the whole picture, and again when that finds too little. */
const surveySide = 512;
const closerSide = 1280;

/** A side prints six lines and more. */
const fewLines = 4;

/** Reads pictures of cards. @param models loads the networks, on the first call */
export function createReadSide(models: () => Promise<CardModels>): ReadSide {
  return async (file): Promise<SideReading> => {
    const decoded = await decodePicture(file, workingSide);
    if (decoded.kind === 'fault') return decoded;
    const { raster } = decoded.picture;
    const loaded = await models();
    const survey = await detectText(loaded.detect, raster, surveySide);
    const quads = survey.length > fewLines ? survey : await detectText(loaded.detect, raster, closerSide);
    if (quads.length === 0) return { kind: 'none' };
    const level = baseline(quads);
    const inverted = (await upsideDown(loaded.orientation, raster, quads, level)) > 0.5;
    const angle = inverted ? level + Math.PI : level;
    const reading = await readUpright(loaded, raster, quads, angle);
    // The orientation net can err where little is legible; reading decides.
    return reading.kind === 'none' ? readUpright(loaded, raster, quads, angle + Math.PI) : reading;
  };
}

async function readUpright(
  models: CardModels,
  picture: Raster,
  quads: readonly Quad[],
  angle: number,
): Promise<SideReading> {
  const { raster, lines, print, face } = await viewCard(models, picture, quads, angle);
  const rows = toRows(lines);
  switch (recogniseSide(rows, models.alphabet)) {
    case 'none':
      return { kind: 'none' };
    case 'back':
      return { kind: 'back', fields: readBack(rows, models.alphabet) };
    case 'front':
      return {
        kind: 'front',
        fields: readFront(rows, models.alphabet),
        portrait: face === null ? null : await readPortrait(models.face, raster, face, print),
      };
  }
}
