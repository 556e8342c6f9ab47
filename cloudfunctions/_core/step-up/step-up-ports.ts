/** Measures a portrait that the service keeps. @param jpeg 96 wide and 128 high @returns a unit-length embedding; null where no face is seen */
export type MeasurePortrait = (jpeg: Uint8Array) => Promise<Float32Array | null>;
