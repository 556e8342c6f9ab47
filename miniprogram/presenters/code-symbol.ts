import { encode } from '../vendor/uqr';

/** Modules of quiet zone (ISO/IEC 18004, section 9.1: at least 4). */
const QUIET = 4;

/** A QR symbol: rows of modules, true where it is dark; the quiet zone is part of it. */
export type CodeSymbol = readonly (readonly boolean[])[];

/** The symbol of a code's text, with error correction M: a screen is clean, and fewer modules are read from further away. */
export const codeSymbol = (text: string): CodeSymbol => encode(text, { ecc: 'M', border: QUIET }).data;

/** The symbol of a shown pass, with error correction L: its text is four times as long, and every row less is read more easily. */
export const passSymbol = (text: string): CodeSymbol => encode(text, { ecc: 'L', border: QUIET }).data;
