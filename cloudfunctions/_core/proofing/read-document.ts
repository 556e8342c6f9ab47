import type { CalendarDate, FileId } from '../../../protocol';
import type { Log, Now } from '../ambient-ports';
import { done, refuse, type Result } from '../result';
import type { ProofedDocument } from '../enrolment/case';
import { checkDocument } from './check-document';
import type { DownloadPicture, ReadSide, SideReading } from './ports';

export interface ReadDocumentPicturesPorts {
  readonly now: Now;
  readonly log: Log;
  readonly today: () => CalendarDate;
  readonly downloadPicture: DownloadPicture;
  readonly readSide: ReadSide;
}

const read = async (ports: ReadDocumentPicturesPorts, file: FileId): Promise<Result<SideReading>> => {
  const download = await ports.downloadPicture(file);
  if (download.kind !== 'picture') return refuse(download.kind);
  const before = ports.now();
  const reading = await ports.readSide(download.bytes);
  ports.log({ event: 'SIDE_READ', kind: reading.kind, bytes: download.bytes.length, ms: ports.now() - before });
  return done(reading);
};

/**
 * Reads and checks both sides of a card from two uploaded pictures.
 * Refuses with the picture at fault: what is no picture, shows no card or the wrong side, cannot be read, or contradicts itself.
 */
export const readDocumentPictures = async (
  ports: ReadDocumentPicturesPorts,
  files: { readonly front: FileId; readonly back: FileId },
): Promise<Result<ProofedDocument>> => {
  const front = await read(ports, files.front);
  if (!front.ok) return refuse(front.error.code, { picture: 'front' });
  switch (front.value.kind) {
    case 'fault':
      return refuse(front.value.fault, { picture: 'front' });
    case 'none':
      return refuse('no_card_found', { picture: 'front' });
    case 'back':
      return refuse('wrong_side', { picture: 'front' });
    case 'front':
      break;
  }
  const back = await read(ports, files.back);
  if (!back.ok) return refuse(back.error.code, { picture: 'back' });
  switch (back.value.kind) {
    case 'fault':
      return refuse(back.value.fault, { picture: 'back' });
    case 'none':
      return refuse('no_card_found', { picture: 'back' });
    case 'front':
      return refuse('wrong_side', { picture: 'back' });
    case 'back':
      break;
  }
  const fields = checkDocument(front.value.fields, back.value.fields, ports.today());
  if (!fields.ok) return fields;
  const { portrait } = front.value;
  return portrait ? done({ fields: fields.value, portrait }) : refuse('portrait_not_found', { picture: 'front' });
};
