import { toGrey, type Raster } from '../image/raster';

/** Variance of the Laplacian (the four neighbours less four times the middle) in grey levels squared: higher is sharper. Pech-Pacheco et al. 2000 */
export function sharpness(raster: Raster): number {
  const { width, height } = raster;
  const grey = toGrey(raster);
  const at = (x: number, y: number): number => grey[y * width + x] ?? 0;
  let [sum, squares] = [0, 0];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const value = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4 * at(x, y);
      sum += value;
      squares += value * value;
    }
  }
  const count = Math.max(1, (width - 2) * (height - 2));
  return squares / count - (sum / count) ** 2;
}
