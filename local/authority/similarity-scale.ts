/**
 * From the cosine of two embeddings to the service's score: monotone and linear between these points. The middle ones hold equal
 * false-match rates together: cosine 0.55 was measured at 1:10,000 on Asian faces, which the service documents for its 70;
 * cosine 0.42 (3.6:1,000), where the embedded comparison begins to say "another person", lies at 50.
 */
const points = [
  [0, 0],
  [0.42, 50],
  [0.55, 70],
  [1, 100],
] as const;

/** The score from 0 to 100, with two decimals. @param cosine from -1 to 1 */
export const scoreOf = (cosine: number): number => {
  const clamped = Math.min(1, Math.max(0, cosine));
  const above = Math.max(
    1,
    points.findIndex(([at]) => at >= clamped),
  );
  const [fromCosine, fromScore] = points[above - 1] ?? points[0];
  const [toCosine, toScore] = points[above] ?? points[3];
  const share = (clamped - fromCosine) / (toCosine - fromCosine);
  return Math.round((fromScore + share * (toScore - fromScore)) * 100) / 100;
};
