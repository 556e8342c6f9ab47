import { card } from './sheet';

interface Tint {
  readonly from: string;
  readonly through: string;
  readonly to: string;
  readonly waves: string;
  readonly rosette: string;
}

/** Cool and warm pale tints. They are this project's own: nothing of the real card's security print is copied. */
export const tints = {
  front: { from: '#f4f1ea', through: '#e3eff4', to: '#f5e9e8', waves: '#a9cbdc', rosette: '#dcb9b6' },
  back: { from: '#f6efe9', through: '#f1e6e6', to: '#e4eef0', waves: '#dcb7b2', rosette: '#a5c6d1' },
} as const satisfies Record<string, Tint>;

const path = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');

const steps = (count: number): readonly number[] => Array.from({ length: count + 1 }, (_, step) => step / count);

/** Two families of waves that cross at a slowly changing angle. */
const waves = (colour: string): string =>
  Array.from({ length: 54 }, (_, row) => {
    const phase = row * 0.21;
    const bend = row % 2 === 0 ? 1 : -1;
    const points = steps(107).map((t): readonly [number, number] => [
      t * card.width,
      row * 21 - 20 + bend * 15 * Math.sin(t * 11 + phase) + 9 * Math.sin(t * 27 - phase * 2),
    ]);
    return `<path d="${path(points)}" fill="none" stroke="${colour}" stroke-width="1.3" opacity="0.5"/>`;
  }).join('');

/** A hypotrochoid rosette around a point. */
export const rosette = (x: number, y: number, radius: number, colour: string, opacity: number): string =>
  [0.34, 0.5, 0.66]
    .map((depth, ring) => {
      const petals = 13 + ring * 4;
      const points = steps(720).map((t): readonly [number, number] => {
        const angle = t * 2 * Math.PI;
        const reach = radius * (1 - depth * 0.5 + depth * 0.5 * Math.cos(petals * angle));
        return [x + reach * Math.cos(angle), y + reach * Math.sin(angle)];
      });
      return `<path d="${path(points)}Z" fill="none" stroke="${colour}" stroke-width="1.6" opacity="${opacity}"/>`;
    })
    .join('');

/** A pale ground of gradient, waves and one large rosette. */
export const background = (tint: Tint, centre: readonly [number, number]): string =>
  `<defs><linearGradient id="ground" x1="0" y1="0" x2="1" y2="1">
    <stop offset="0" stop-color="${tint.from}"/><stop offset="0.5" stop-color="${tint.through}"/><stop offset="1" stop-color="${tint.to}"/>
  </linearGradient></defs>
  <rect width="${card.width}" height="${card.height}" fill="url(#ground)"/>
  ${waves(tint.waves)}${rosette(centre[0], centre[1], 470, tint.rosette, 0.42)}`;
