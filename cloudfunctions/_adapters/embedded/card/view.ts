import { detectFaces, type FaceBox } from '../face/detect';
import type { FaceModels } from '../face/models';
import { centre, mapQuad, median, quadHeight, quadWidth, type Quad } from '../image/geometry';
import type { Raster } from '../image/raster';
import { apply } from '../image/transform';
import { detectText } from '../ocr/detect';
import { baseline } from '../ocr/direction';
import type { OcrModels } from '../ocr/models';
import { recogniseLine, type TextLine } from '../ocr/recognise';
import { turnTowards } from '../ocr/rectangle';
import { rectifyCard, type RectifiedCard } from './rectify';
import { isInside, reckonCard, tolerance } from './region';
import { along, textOf } from './rows';

/** What reads cards: print and portrait. */
export type CardModels = OcrModels & { readonly face: FaceModels };

/** A card drawn upright, with the print and the face on it. */
export interface CardView {
  readonly raster: Raster;
  readonly lines: readonly TextLine[];
  /** Where print stands, also such as is none of the lines: whatever is shown of the card must not tell it. */
  readonly print: readonly Quad[];
  readonly face: FaceBox | null;
}

/** Longer side at which print is looked for on the upright card. 960 found no more and took a tenth longer. */
const printSide = 832;

/** Lines that are read at most, the longest ones: a card has 14; a newspaper under it must not take all the function's time. */
const mostLines = 40;

/**
 * Draws a card upright and reads its print. When the card's outline does not stand out and other print surrounds it, the print that is
 * the card's own is told by its place, and looked at again.
 *
 * @param quads the lines of text, in pixels of the picture
 * @param angle the direction in which they are read
 */
export async function viewCard(
  models: CardModels,
  picture: Raster,
  quads: readonly Quad[],
  angle: number,
): Promise<CardView> {
  const card = rectifyCard(picture, quads, angle);
  const view = await readView(models, card);
  const reckoned = card.outlined ? null : reckonCard(view.lines, models.alphabet);
  if (reckoned === null) return view;
  const inside = view.lines.filter(({ quad }) => isInside(reckoned, centre(quad), 0));
  if (inside.length === view.lines.length) return view;
  const toPicture = (quad: Quad): Quad => mapQuad(quad, (point) => apply(card.toPicture, point));
  const own = inside.map(({ quad }) => toPicture(quad));
  const level = baseline(own);
  const towards = Math.cos(level - angle) < 0 ? level + Math.PI : level;
  const closer = await readView(models, rectifyCard(picture, own, towards, toPicture(reckoned)));
  const again = reckonCard(closer.lines, models.alphabet);
  if (again === null) return closer;
  return { ...closer, lines: closer.lines.filter(({ quad }) => isInside(again, centre(quad), tolerance)) };
}

async function readView(models: CardModels, { raster }: RectifiedCard): Promise<CardView> {
  const print = (await detectText(models.detect, raster, printSide)).map((quad) => turnTowards(quad, 0));
  const [face = null] = await detectFaces(models.face.detect, raster);
  const read: TextLine[] = [];
  for (const quad of longest(ofLikeHeight(print))) {
    const line = await recogniseLine(models.recognise, models.alphabet, raster, quad);
    if (line.emissions.length > 0) read.push(line);
  }
  const lines = read.filter((line) => face === null || !isOnPortrait(line, face));
  const told = read.filter((line) => lines.includes(line) || /\d/.test(textOf(line)));
  return { raster, lines, print: told.map(({ quad }) => quad), face };
}

const longest = (print: readonly Quad[]): Quad[] =>
  [...print].sort((a, b) => quadWidth(b) - quadWidth(a)).slice(0, mostLines);

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
