import type { Portrait } from '../../../_core/proofing/ports';
import { cover } from '../image/cover';
import { rectangle, type Quad } from '../image/geometry';
import { toSharp, type Raster } from '../image/raster';
import { rectangleToQuad } from '../image/transform';
import { warp } from '../image/warp';
import type { FaceBox } from './detect';
import { alignFace, embedFace } from './embedding';
import { findPoints } from './landmarks';
import type { FaceModels } from './models';

/** Size in pixels of a portrait, and the JPEG quality that keeps it under 12 KB whatever it shows. */
const size = { width: 96, height: 128 } as const;
const quality = 85;

/** How much wider than the face's box a portrait is, and how high its middle lies above the box's, in box heights: hair and shoulders show. */
const room = 1.9;
const lift = 0.06;

/**
 * Cuts and measures the portrait on an upright card. What is cut may reach beyond the photograph: print that stands there is covered, since
 * the portrait is told where the number is not.
 * @param print where print stands on the card
 */
export async function readPortrait(
  models: FaceModels,
  card: Raster,
  box: FaceBox,
  print: readonly Quad[],
): Promise<Portrait | null> {
  const points = await findPoints(models.landmarks, card, box);
  const aligned = alignFace(card, points);
  if (aligned === null) return null;
  const view = warp(
    cover(card, print),
    rectangleToQuad(size.width, size.height, portraitFrame(box)),
    size.width,
    size.height,
    'border',
  );
  return { jpeg: await toSharp(view).jpeg({ quality }).toBuffer(), embedding: await embedFace(models.embed, aligned) };
}

function portraitFrame(box: FaceBox): Quad {
  const width = Math.max(box.width, (box.height * size.width) / size.height) * room;
  const height = (width * size.height) / size.width;
  const x = box.x + box.width / 2 - width / 2;
  const y = box.y + box.height * (0.5 - lift) - height / 2;
  return rectangle(x, y, width, height);
}
