import { eventId, type EventId, type Sha256 } from '../../../protocol';
import { derivedId } from '../derived-id';

/** The id under which the look of a check is written down: one for each check, so that a race of two answers keeps one. */
export const lookIdOf = (sha256: Sha256, check: EventId): EventId => eventId(derivedId(sha256, `look ${check}`));
