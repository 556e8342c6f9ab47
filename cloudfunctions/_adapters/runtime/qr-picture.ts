import { renderSVG } from 'uqr';

/** A text as a QR code (ISO/IEC 18004) with error correction M and its quiet zone: an SVG element that stands in a page by itself. */
export const qrPicture = (text: string): string => renderSVG(text, { ecc: 'M', border: 4 });
