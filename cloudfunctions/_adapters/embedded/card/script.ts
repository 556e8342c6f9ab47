/** A Chinese character that cards are printed with: the unified ideographs and their extension A. */
export const han = /[\u3400-\u4dbf\u4e00-\u9fff]/;
