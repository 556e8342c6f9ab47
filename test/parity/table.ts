import type { ParityCase } from './parity-case';
import type { RecordedShape } from './record';

/** The rows of README.md that tell what is known of the cloud, and from where. */
export const parityTable = (
  cases: readonly ParityCase[],
  record: Readonly<Record<string, RecordedShape>>,
): readonly string[] =>
  cases.map((one) => {
    const { area, name, evidence } = one;
    const isSeen = record[caseName(one)]?.seen === 'cloud';
    return `| ${area} | ${name} | ${evidence} | ${isSeen ? 'seen' : 'unknown'} |`;
  });

/** By what a case is called in the record. */
export const caseName = ({ area, name }: ParityCase): string => `${area}: ${name}`;
