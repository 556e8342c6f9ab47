/** Base45, the alphabet of a QR code's alphanumeric mode. RFC 9285, August 2022, https://www.rfc-editor.org/rfc/rfc9285 (table 1) */
export const base45Alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
