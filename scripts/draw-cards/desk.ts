import type { Random } from './random';

export type Colour = readonly [red: number, green: number, blue: number];

interface Wood {
  readonly light: Colour;
  readonly dark: Colour;
}

const woods: readonly [Wood, ...Wood[]] = [
  { light: [186, 149, 110], dark: [143, 106, 72] },
  { light: [128, 96, 73], dark: [86, 60, 44] },
  { light: [96, 101, 108], dark: [70, 74, 81] },
  { light: [163, 158, 149], dark: [134, 129, 121] },
];

/** A desk of one of four colours: long grain with a slow bend, as a function from a pixel to its colour. */
export const desk = (random: Random): ((x: number, y: number) => Colour) => {
  const { light, dark } = random.pick(woods);
  const turn = random.between(-0.12, 0.12);
  const [first, second, third] = [random.between(0, 6), random.between(0, 6), random.between(0, 6)];
  return (x, y) => {
    const across = y * Math.cos(turn) + x * Math.sin(turn);
    const along = x * Math.cos(turn) - y * Math.sin(turn);
    const bent = across + 16 * Math.sin(along / 260 + first) + 5 * Math.sin(along / 83 + second);
    const grain =
      0.5 +
      0.22 * Math.sin(bent / 19 + third) +
      0.16 * Math.sin(bent / 6.1 + first) +
      0.1 * Math.sin(bent / 2.3 + along / 140);
    const share = Math.min(1, Math.max(0, grain));
    const mixed = (channel: 0 | 1 | 2): number => dark[channel] + (light[channel] - dark[channel]) * share;
    return [mixed(0), mixed(1), mixed(2)];
  };
};
