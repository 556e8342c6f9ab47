import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import type { PictureFault } from '../../../cloudfunctions/_core/proofing/ports';

/** A file that somebody uploads as a picture, and what must come of it. */
export interface HostileFile {
  readonly bytes: Uint8Array;
  readonly fault: PictureFault;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, check]);
}

/** A grey PNG of any size, with the pixels given, whether or not they are enough. */
function png(width: number, height: number, pixels: Uint8Array): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', new Uint8Array())]);
}

/** A JPEG whose header claims another size. */
function claiming(jpeg: Buffer, width: number, height: number): Buffer {
  const claimed = Buffer.from(jpeg);
  const frame = claimed.indexOf(Buffer.from([0xff, 0xc0]));
  claimed.writeUInt16BE(height, frame + 5);
  claimed.writeUInt16BE(width, frame + 7);
  return claimed;
}

/** Makes the files. None holds anybody's picture. */
export async function hostileFiles(): Promise<Map<string, HostileFile>> {
  const noise = {
    create: {
      width: 800,
      height: 600,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  } as const;
  const jpeg = await sharp(noise).jpeg().toBuffer();
  const webp = await sharp(noise).webp().toBuffer();
  const row = deflateSync(Buffer.alloc(16_001));
  const half = (file: Buffer): Buffer => file.subarray(0, file.length / 2);
  return new Map<string, HostileFile>([
    ['nothing', { bytes: new Uint8Array(), fault: 'not_an_image' }],
    ['a PDF named .jpg', { bytes: Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n'), fault: 'not_an_image' }],
    [
      'an SVG that claims a huge canvas',
      {
        bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="90000" height="90000"/>'),
        fault: 'not_an_image',
      },
    ],
    ['a GIF', { bytes: await sharp(noise).gif().toBuffer(), fault: 'not_an_image' }],
    ['a program', { bytes: Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), fault: 'not_an_image' }],
    [
      'more bytes than allowed',
      { bytes: Buffer.concat([jpeg, Buffer.alloc(8 * 1024 * 1024)]), fault: 'picture_too_large' },
    ],
    [
      'a small PNG of 16000×16000',
      { bytes: png(16_000, 16_000, deflateSync(Buffer.alloc(16_001 * 16_000))), fault: 'picture_too_large' },
    ],
    ['a JPEG that claims 65000×65000', { bytes: claiming(jpeg, 65_000, 65_000), fault: 'picture_too_large' }],
    ['a PNG of 4000×4000 with one row', { bytes: png(4000, 4000, row), fault: 'picture_damaged' }],
    ['a JPEG without its second half', { bytes: half(jpeg), fault: 'picture_damaged' }],
    ['a WebP without its second half', { bytes: half(webp), fault: 'picture_damaged' }],
    ['the first three bytes of a JPEG', { bytes: jpeg.subarray(0, 3), fault: 'picture_damaged' }],
    ['a JPEG’s head and then noise', { bytes: Buffer.concat([jpeg.subarray(0, 20), webp]), fault: 'picture_damaged' }],
  ]);
}
