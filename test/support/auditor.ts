import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPublishedLog, type PublishedLog } from './published-log';

const program = join(__dirname, '..', '..', 'examples', 'log-auditor', 'audit.mjs');

/** An event's salt and content; its commitment is a leaf's content. */
export const eventOf = (content: object) => {
  const [salt, text] = [Buffer.alloc(16, 7), JSON.stringify(content)];
  const commitment = createHash('sha256').update(salt).update(text).digest();
  return { commitment, exported: { salt: salt.toString('base64url'), content: text } };
};

export const events = (from: number, to: number, word = 'event'): readonly Buffer[] =>
  Array.from({ length: to - from }, (_, at) => eventOf({ word, number: from + at }).commitment);

/** What the auditor's program came to. */
export interface Audit {
  readonly code: number;
  readonly said: string;
}

export interface Auditor {
  readonly log: PublishedLog;
  readonly audit: (...options: readonly string[]) => Promise<Audit>;
  /** The log with so many events, signed some seconds ago. */
  readonly hold: (count: number, secondsAgo?: number) => void;
  /** The path of a file of the auditor's own; with a content, it is written. */
  readonly file: (name: string, content?: string) => string;
  readonly evidence: () => readonly string[];
  readonly close: () => Promise<void>;
}

/** The auditor's program with a folder of its own, before a log that the test commands. */
export const startAuditor = async (): Promise<Auditor> => {
  const folder = mkdtempSync(join(tmpdir(), 'auditor-'));
  const log = await startPublishedLog();
  return {
    log,
    audit: (...options) =>
      new Promise((resolve) => {
        execFile(process.execPath, [program, log.url, ...options], (error, stdout, stderr) => {
          resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr });
        });
      }),
    hold: (count, secondsAgo = 0) => {
      log.commitments = [...events(0, count)];
      log.signed = { size: count, secondsAgo };
    },
    file: (name, content) => {
      if (content !== undefined) writeFileSync(join(folder, name), content);
      return join(folder, name);
    },
    evidence: () => readdirSync(folder).filter((name) => name.includes('.evidence-')),
    close: async () => {
      await log.close();
      rmSync(folder, { recursive: true });
    },
  };
};
