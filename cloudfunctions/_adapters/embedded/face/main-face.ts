import type { Raster } from '../image/raster';
import type { FaceBox } from './detect';

/** A face counts beside the largest one when its box is at least this share as wide. */
const considerable = 0.5;

/** The face that a picture is of, and the others that stand beside it and could as well be meant: not passers-by far behind. */
export function considerableFaces(boxes: readonly FaceBox[], raster: Raster): { main: FaceBox | null; count: number } {
  const inside = boxes.filter((box) => {
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    return box.width > 0 && box.height > 0 && x > 0 && y > 0 && x < raster.width && y < raster.height;
  });
  const [main = null] = [...inside].sort((a, b) => b.width - a.width);
  return { main, count: main === null ? 0 : inside.filter(({ width }) => width >= considerable * main.width).length };
}
