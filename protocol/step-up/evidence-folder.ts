import { base64urlDecode } from '../bytes/base64';
import { hex, type ShowingHandle } from '../ids';

/**
 * The folder below `evidence/` that the selfie of a showing's step-up is uploaded to: it is this showing's alone.
 * @returns 32 hexadecimal digits
 */
export const stepUpFolder = (handle: ShowingHandle): string => hex(base64urlDecode(handle) ?? new Uint8Array());
