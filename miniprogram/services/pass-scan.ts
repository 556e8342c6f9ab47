import type { PurposeId } from '../protocol';
import { ticks } from '../platform/clock';
import { checkOffline, handInUses, type OfflineCheck } from './offline-check';

/** A pass that was scanned, and what its check came to. */
interface PassScan {
  readonly text: string;
  readonly purpose: PurposeId;
  readonly decided: Promise<OfflineCheck> | null;
}

let scan: PassScan | null = null;

/** Begins the check of a scanned pass. */
export const beginPass = (text: string, purpose: PurposeId): void => {
  scan = { text, purpose, decided: null };
};

/**
 * Checks the scanned pass, once: whoever asks again hears the same. What was accepted is handed in where there is a network.
 * @returns null where no check is under way
 */
export const decidePass = async (): Promise<OfflineCheck | null> => {
  if (!scan) return null;
  const decided = scan.decided ?? checkOffline(scan.text, scan.purpose);
  scan = { ...scan, decided };
  const checked = await decided;
  if (checked.ok) void handInUses();
  return checked;
};

/** What the service's clock shows since a check, as far as this phone can tell. @param tick the phone's clock when it was made */
export const timeSince = (checkedAt: number, tick: number): number => checkedAt + (ticks() - tick);

/** Forgets the scan and all that it told. */
export const forgetPass = (): void => {
  scan = null;
};

export { ticks } from '../platform/clock';
