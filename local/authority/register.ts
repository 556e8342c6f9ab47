import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';

/** A person as the register knows them. `portrait` is a JPEG or PNG. */
export interface RegisteredPerson {
  readonly name: string;
  readonly number: string;
  readonly portrait: Uint8Array;
}

/** What a set of models made of a portrait. */
export interface Measurement {
  readonly models: string;
  readonly embedding: Float32Array;
}

/** An entry, with what is known of its portrait. */
export interface Entry extends RegisteredPerson {
  readonly measurement: Measurement | null;
}

/** What the register knows of a child and an adult. */
export interface Guardianship {
  readonly child: string;
  readonly guardian: string;
}

/** What happened to a person or to their identity card. */
export interface Change {
  readonly number: string;
  readonly kind: 'Lost' | 'Replaced' | 'Expired' | 'Died' | 'NumberChanged';
  /** `YYYY-MM-DD` */
  readonly reportedOn: string;
}

export interface Register {
  /** Writes a change down, behind those that are there. */
  readonly report: (change: Change) => void;
  /** The changes behind a place, oldest first, each with its own place. */
  readonly changesAfter: (place: number, limit: number) => readonly (Change & { readonly place: number })[];
  /** Writes down who a child's guardian is; twice is once. */
  readonly enterGuardian: (guardianship: Guardianship) => void;
  /** The numbers of a child's guardians; none where nothing is recorded. */
  readonly guardiansOf: (child: string) => readonly string[];
  readonly find: (number: string) => Entry | null;
  readonly numbers: () => readonly string[];
  /** Enters a person or replaces what was known of them; an unchanged portrait keeps its measurement. */
  readonly enter: (person: RegisteredPerson) => void;
  readonly keepMeasurement: (number: string, measurement: Measurement) => void;
  readonly close: () => void;
}

interface Row {
  readonly name: string;
  readonly portrait: Buffer;
  readonly models: string | null;
  readonly embedding: Buffer | null;
}

const floats = (bytes: Buffer): Float32Array => new Float32Array(Uint8Array.from(bytes).buffer);

/** Opens the register in a data folder, a SQLite file readable by its owner alone. */
export const openRegister = (dataDir: string): Register => {
  const file = join(dataDir, 'register.db');
  const database = new Database(file);
  chmodSync(file, 0o600);
  database.exec(`CREATE TABLE IF NOT EXISTS person (
    number TEXT PRIMARY KEY, name TEXT NOT NULL, portrait BLOB NOT NULL, models TEXT, embedding BLOB
  ) STRICT`);
  database.exec(`CREATE TABLE IF NOT EXISTS change (
    place INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT NOT NULL, kind TEXT NOT NULL, reportedOn TEXT NOT NULL
  ) STRICT`);
  database.exec(`CREATE TABLE IF NOT EXISTS guardian (
    child TEXT NOT NULL, guardian TEXT NOT NULL, PRIMARY KEY (child, guardian)
  ) STRICT`);
  const enterGuardian = database.prepare('INSERT INTO guardian (child, guardian) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const guardiansOf = database.prepare('SELECT guardian FROM guardian WHERE child = ? ORDER BY guardian');
  const report = database.prepare('INSERT INTO change (number, kind, reportedOn) VALUES (?, ?, ?)');
  const changesAfter = database.prepare(
    'SELECT place, number, kind, reportedOn FROM change WHERE place > ? ORDER BY place LIMIT ?',
  );
  const find = database.prepare('SELECT name, portrait, models, embedding FROM person WHERE number = ?');
  const numbers = database.prepare('SELECT number FROM person ORDER BY number');
  const enter = database.prepare(`INSERT INTO person (number, name, portrait) VALUES (?, ?, ?)
    ON CONFLICT (number) DO UPDATE SET name = excluded.name, portrait = excluded.portrait,
      models = CASE WHEN portrait = excluded.portrait THEN models END,
      embedding = CASE WHEN portrait = excluded.portrait THEN embedding END
    WHERE name <> excluded.name OR portrait <> excluded.portrait`);
  const keepMeasurement = database.prepare('UPDATE person SET models = ?, embedding = ? WHERE number = ?');

  return {
    find: (number) => {
      // The table is STRICT and this file its only writer.
      const row = find.get(number) as Row | undefined;
      if (!row) return null;
      const { name, portrait, models, embedding } = row;
      const measurement = models !== null && embedding !== null ? { models, embedding: floats(embedding) } : null;
      return { number, name, portrait, measurement };
    },
    numbers: () => (numbers.all() as { readonly number: string }[]).map((row) => row.number),
    enter: ({ name, number, portrait }) => {
      enter.run(number, name, Buffer.from(portrait));
    },
    keepMeasurement: (number, { models, embedding }) => {
      keepMeasurement.run(models, Buffer.from(embedding.buffer, embedding.byteOffset, embedding.byteLength), number);
    },
    enterGuardian: ({ child, guardian }) => {
      enterGuardian.run(child, guardian);
    },
    guardiansOf: (child) => (guardiansOf.all(child) as { readonly guardian: string }[]).map(({ guardian }) => guardian),
    report: ({ number, kind, reportedOn }) => {
      report.run(number, kind, reportedOn);
    },
    changesAfter: (place, limit) => changesAfter.all(place, limit) as (Change & { readonly place: number })[],
    close: () => {
      database.close();
    },
  };
};
