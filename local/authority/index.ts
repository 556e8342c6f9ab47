import { mkdirSync } from 'node:fs';
import { changesAction, listChanges } from './changes';
import { compare, embeddingOf, readNumber } from './compare';
import { keepCredentials, type Credentials } from './credentials';
import { createFaces } from './faces';
import { askGuardianship, guardianshipAction } from './guardianship';
import { openRegister, type Change, type Guardianship, type RegisteredPerson } from './register';
import { startServer } from './server';

export type { Credentials } from './credentials';
export type { RegisteredPerson } from './register';
export { sampleGuardians, sampleRegister } from './sample-register';

export interface AuthorityOptions {
  /** Where the register and the key pair are kept; made where it is missing. */
  readonly dataDir: string;
  /** Absent: any that is free. */
  readonly port?: number;
  /** Folder of the embedded models. */
  readonly models: string;
  /** Who is in the register from the start. */
  readonly people: readonly RegisteredPerson[];
  /** Whose guardian is whose, from the start, by their numbers. */
  readonly guardians?: readonly Guardianship[];
}

/** A running stand-in for the population register. */
export interface Authority {
  readonly url: string;
  /** The key pair that signs requests to it. */
  readonly credentials: Credentials;
  /** Loads the models and measures every portrait, so that the first question is answered as quickly as the next. */
  readonly warm: () => Promise<void>;
  /**
   * Enters a person, or replaces what was known under the number, if the portrait shows exactly one face.
   * @throws RangeError where the number is none
   */
  readonly enrol: (person: RegisteredPerson) => Promise<'enrolled' | 'no_face'>;
  /** Writes down that something happened to a person or to their identity card. @throws RangeError where the number is none */
  readonly report: (change: Change) => void;
  /** Writes down who a child's guardian is. @throws RangeError where a number is none */
  readonly enterGuardian: (guardianship: Guardianship) => void;
  readonly close: () => Promise<void>;
}

/**
 * Starts the stand-in on 127.0.0.1. It speaks `ImageRecognitionV2` as Tencent Cloud FaceID does and logs nothing.
 * @throws Error where the port is taken, RangeError where a person's number is none
 */
export const startAuthority = async (options: AuthorityOptions): Promise<Authority> => {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const credentials = keepCredentials(options.dataDir);
  const faces = createFaces(options.models);
  const register = openRegister(options.dataDir);
  const enter = (person: RegisteredPerson): string => {
    const number = readNumber(person.number);
    if (number === null) throw new RangeError('the person to register has no valid identity number');
    register.enter({ ...person, number });
    return number;
  };

  const enterGuardian = (of: Guardianship): void => {
    const [child, guardian] = [readNumber(of.child), readNumber(of.guardian)];
    if (child === null || guardian === null) throw new RangeError('the guardianship names no valid identity number');
    register.enterGuardian({ child, guardian });
  };

  try {
    options.people.forEach(enter);
    options.guardians?.forEach(enterGuardian);
    const server = await startServer(
      credentials,
      options.port ?? 0,
      (question) => compare(question, register, faces),
      new Map([
        [changesAction, (body: Uint8Array) => listChanges(body, register)],
        [guardianshipAction, (body: Uint8Array) => askGuardianship(body, register)],
      ]),
    );
    return {
      url: server.url,
      credentials,
      warm: async () => {
        for (const number of register.numbers()) {
          const entry = register.find(number);
          if (entry) await embeddingOf(entry, register, faces);
        }
      },
      enrol: async (person) => {
        if (readNumber(person.number) === null)
          throw new RangeError('the person to register has no valid identity number');
        const seen = await faces.look(person.portrait);
        if (seen.kind !== 'face') return 'no_face';
        register.keepMeasurement(enter(person), { models: faces.models(), embedding: seen.embedding });
        return 'enrolled';
      },
      report: (change) => {
        const number = readNumber(change.number);
        if (number === null) throw new RangeError('the change names no valid identity number');
        register.report({ ...change, number });
      },
      enterGuardian,
      close: async () => {
        await server.close();
        register.close();
      },
    };
  } catch (error) {
    register.close();
    throw error;
  }
};
