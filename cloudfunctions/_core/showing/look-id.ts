import { eventId, hex, utf8Encode, type EventId, type Sha256 } from '../../../protocol';

/** The id under which the look of a check is written down: one for each check, so that a race of two answers keeps one. */
export const lookIdOf = (sha256: Sha256, check: EventId): EventId =>
  eventId(hex(sha256(utf8Encode(`look ${check}`)).subarray(0, 16)));
