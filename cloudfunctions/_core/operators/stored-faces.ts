import type { GetFiguresReply, Sha256 } from '../../../protocol';
import { alarmId, type FacesAlarm } from '../alarm';
import type { Now } from '../ambient-ports';
import type { Identity } from '../card/identity';
import type { CardStanding } from '../card/stops';
import type { Case } from '../enrolment/case';

/**
 * Stored faces that are to be reported to the authority within 30 working days.
 * Measures for the Security Management of Facial Recognition Technology, article 15, in force since 1 June 2025.
 */
const REPORTED_FACES = 100_000;
/** From how many on an alarm says that they are near. */
const NEAR_FACES = 80_000;
/** Below such a part of a threshold its crossing is over: a number that wavers at it raises one alarm. */
const OVER_BELOW = 0.95;

export type FacesLevel = GetFiguresReply['facesLevel'];
const levels = ['below', 'near', 'reached'] as const satisfies readonly FacesLevel[];

/** How near the number of stored faces is to what must be reported. */
export const levelOf = (faces: number): FacesLevel =>
  faces >= REPORTED_FACES ? 'reached' : faces >= NEAR_FACES ? 'near' : 'below';

/** Each state of a case by whether the case keeps a portrait; the compiler asks for every new one. */
const keepsFace: Readonly<Record<Case['state'], boolean>> = {
  started: false,
  documentRead: true,
  faceMatched: true,
  fingerprintBound: true,
  inReview: true,
  appealable: true,
  minted: false,
  refused: false,
  expired: false,
};
// eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- keys of a constant
const states = Object.keys(keepsFace) as Case['state'][];
const statuses = ['valid', 'suspended', 'revoked'] as const satisfies readonly CardStanding[];
const tiers = ['light', 'full'] as const;

export interface CountPorts {
  readonly countCasesIn: (state: Case['state']) => Promise<number>;
  readonly countCards: (status: CardStanding, tier: Identity['card']['tier']) => Promise<number>;
}

/** How many cases and cards there are, of each kind, and how many faces are stored with them. */
export const countFigures = async (ports: CountPorts): Promise<Omit<GetFiguresReply, 'ok' | 'facesLevel'>> => {
  const cases = await Promise.all(states.map(async (state) => ({ state, count: await ports.countCasesIn(state) })));
  const kinds = statuses.flatMap((status) => tiers.map((tier) => ({ status, tier })));
  const cards = await Promise.all(
    kinds.map(async ({ status, tier }) => ({ status, tier, count: await ports.countCards(status, tier) })),
  );
  const storedFaces = [...cases.filter(({ state }) => keepsFace[state]), ...cards].reduce(
    (sum, { count }) => sum + count,
    0,
  );
  return { cases, cards, storedFaces };
};

/** The level that stored faces were last found at, and how often a level was crossed upwards. */
export interface FacesMark {
  readonly level: FacesLevel;
  readonly crossings: number;
}

export interface WatchFacesPorts extends CountPorts {
  readonly now: Now;
  readonly sha256: Sha256;
  /** Where no level was found yet: none crossed. */
  readonly loadFacesMark: () => Promise<FacesMark>;
  /** Moves the mark in one conditional write that names the one before. @returns false where another run was first */
  readonly moveFacesMark: (prior: FacesMark, next: FacesMark) => Promise<boolean>;
  /** Raises an alarm; one of the same id stays as it is. */
  readonly raiseAlarm: (alarm: FacesAlarm) => Promise<void>;
}

/** The level now, coming from another: a fall counts once it is clear of the threshold. */
const levelFrom = (prior: FacesLevel, faces: number): FacesLevel => {
  const level = levelOf(faces);
  const isFall = levels.indexOf(level) < levels.indexOf(prior);
  if (!isFall) return level;
  // A clear fall below one threshold may be none below the next.
  const cleared = levelOf(faces / OVER_BELOW);
  return levels.indexOf(cleared) < levels.indexOf(prior) ? cleared : prior;
};

/**
 * Counts stored faces, and raises an alarm each time that they come near to what must be reported, or reach it: once a crossing, wherever
 * a run is interrupted.
 * @returns how many faces are stored
 */
export const watchFaces = async (ports: WatchFacesPorts): Promise<number> => {
  const { storedFaces } = await countFigures(ports);
  const prior = await ports.loadFacesMark();
  const level = levelFrom(prior.level, storedFaces);
  if (level === prior.level) return storedFaces;
  const isRise = level !== 'below' && levels.indexOf(level) > levels.indexOf(prior.level);
  const next = { level, crossings: prior.crossings + (isRise ? 1 : 0) };
  if (isRise) {
    // Before the mark moves, and by an id that follows from it: a run that is interrupted between is made good by the next.
    const id = alarmId(ports.sha256, ['stored_faces', level, next.crossings]);
    await ports.raiseAlarm({ id, kind: 'stored_faces', level, count: storedFaces, at: ports.now() });
  }
  await ports.moveFacesMark(prior, next);
  return storedFaces;
};
