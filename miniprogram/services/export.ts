import type { ExportChecksReply } from '../protocol';
import { FileFailure, writeFile } from '../platform/files';
import type { Called } from './call';
import { exportChecks } from './partner';

/** A period: `from` is included, `to` is not; milliseconds since 1970. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** A file of checks on this phone. */
export interface ExportedFile {
  readonly name: string;
  readonly rows: number;
}

/** Spreadsheets take a text for UTF-8 by this mark. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Rows of a text of comma-separated values; none of our cells holds a line break. */
const rowsIn = (csv: string): number => csv.split('\r\n').length - 1;

/**
 * Fetches all checks of a period, page after page, and writes them into one file.
 * @param onProgress hears how many checks are there so far
 */
export const exportPeriod = async (
  period: Period,
  name: string,
  onProgress: (rows: number) => void,
): Promise<Called<ExportedFile>> => {
  let csv = '';
  let before: ExportChecksReply['next'] = null;
  do {
    const called: Called<ExportChecksReply> = await exportChecks({ ...period, ...(before && { before }) });
    if (!called.ok) return called;
    csv += called.reply.csv;
    before = called.reply.next;
    // The first row names the columns.
    onProgress(rowsIn(csv) - 1);
  } while (before);
  try {
    writeFile(name, BYTE_ORDER_MARK + csv);
    return { ok: true, reply: { name, rows: rowsIn(csv) - 1 } };
  } catch (error) {
    if (error instanceof FileFailure) return { ok: false, error: { code: 'storage_failed' } };
    throw error;
  }
};
