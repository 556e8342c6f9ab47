import type { ReadSide, SideReading } from '../../../_core/proofing/ports';
import { detectFaces, type FaceBox } from '../face/detect';
import type { FaceModels } from '../face/models';
import { readPortrait } from '../face/portrait';
import { median, quadHeight, type Quad } from '../image/geometry';
import { decodePicture } from '../image/picture';
import type { Raster } from '../image/raster';
import { detectText } from '../ocr/detect';
import { baseline, upsideDown } from '../ocr/direction';
import type { OcrModels } from '../ocr/models';
import { recogniseLine, type TextLine } from '../ocr/recognise';
import { turnTowards } from '../ocr/rectangle';
import { readBack } from './back';
import { readFront } from './front';
import { rectifyCard } from './rectify';
import { along, textOf, toRows } from './rows';
import { recogniseSide } from './side';

/** Longer side at which pictures of cards are kept. */
const workingSide = 2400;

/** Longer sides at which text is looked for: in the whole picture, again when that finds too little, and on the upright card. */
const surveySide = 640;
const closerSide = 1280;
const cardSide = 960;

/** A side prints six lines and more. */
const fewLines = 4;

/** Lines that are read at most: a card has 14 pieces of print; a newspaper on the desk must not take the function's whole time. */
const mostLines = 40;

type Models = OcrModels & { readonly face: FaceModels };

/** Reads pictures of cards. @param models loads the networks, on the first call */
export function createReadSide(models: () => Promise<Models>): ReadSide {
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
  models: Models,
  raster: Raster,
  quads: readonly Quad[],
  angle: number,
): Promise<SideReading> {
  const card = rectifyCard(raster, quads, angle).raster;
  const print = (await detectText(models.detect, card, cardSide)).map((quad) => turnTowards(quad, 0));
  const [face = null] = await detectFaces(models.face.detect, card);
  const lines: TextLine[] = [];
  for (const quad of ofLikeHeight(print).slice(0, mostLines)) {
    lines.push(await recogniseLine(models.recognise, models.alphabet, card, quad));
  }
  const rows = toRows(
    lines.filter((line) => line.emissions.length > 0 && (face === null || !isOnPortrait(line, face))),
  );
  const { side } = recogniseSide(rows, models.alphabet);
  if (side === 'none') return { kind: 'none' };
  if (side === 'back') return { kind: 'back', fields: readBack(rows, models.alphabet) };
  const portrait = face === null ? null : await readPortrait(models.face, card, face);
  return { kind: 'front', fields: readFront(rows, models.alphabet), portrait };
}

/** Print of a card is from half to three times as high as most of it; the emblem, the guilloche and reflections are not. */
function ofLikeHeight(print: readonly Quad[]): Quad[] {
  const usual = median(print.map(quadHeight));
  return print.filter((quad) => quadHeight(quad) > 0.5 * usual && quadHeight(quad) < 3 * usual);
}

/** Whether something stands on the portrait's own ground, such as print on the clothes. Digits may be the number's end, close below. */
function isOnPortrait(line: TextLine, face: FaceBox): boolean {
  const [from, to] = [along(line, 0), along(line, 1)];
  const beside = from.x < face.x - 0.5 * face.width || to.x > face.x + 1.5 * face.width;
  const away = Math.abs((from.y + to.y) / 2 - face.y - face.height / 2) > face.height;
  return !beside && !away && !/\d{4}/.test(textOf(line));
}
