/**
 * The curve P-256. NIST SP 800-186, February 2023, https://doi.org/10.6028/NIST.SP.800-186 (section 3.2.1.3);
 * also secp256r1 of SEC 2, version 2.0, January 2010, https://www.secg.org/sec2-v2.pdf (section 2.4.2)
 */
export const p256 = {
  /** The field's prime. */
  prime: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
  /** The curve is y² = x³ − 3x + b. */
  b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  /** The order of the base point, big-endian. */
  orderHex: 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551',
  /** Half of the order, rounded down, big-endian. */
  halfOrderHex: '7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8',
  /** Bytes of one coordinate, and of each half of a signature. */
  coordinateLength: 32,
  /** First byte of an uncompressed point (SEC 1, version 2.0, section 2.3.3). */
  uncompressedPoint: 4,
} as const;
