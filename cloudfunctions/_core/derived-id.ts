import { hex, utf8Encode, type Sha256 } from '../../protocol';

/**
 * An id that follows from what it is the id of, so that the same thing is kept once however often it is told: 32 hexadecimal digits.
 * @param about what makes it another thing; it begins with a word of the caller's own, so that no two kinds of ids meet
 */
export const derivedId = (sha256: Sha256, about: string): string => hex(sha256(utf8Encode(about)).subarray(0, 16));
