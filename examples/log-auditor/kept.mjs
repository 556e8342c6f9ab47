// What an auditor keeps from run to run: checkpoints as they were signed, and the keys that signed them. A hash of one's own proves
// nothing to anybody; two signed checkpoints that do not go together convict whoever signed them.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { Unchecked } from './outcome.mjs';
import { isSignedBy, readCheckpoint } from './signed.mjs';

/** @throws Unchecked where the file is none of this program's, or was changed */
export const loadKept = (file, issuer) => {
  if (!existsSync(file)) return { keys: [], checkpoints: [] };
  let kept;
  try {
    kept = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Unchecked(`${file} cannot be read as JSON`);
  }
  if (!Array.isArray(kept?.keys) || !Array.isArray(kept.checkpoints))
    throw new Unchecked(`${file} holds no signed checkpoints; name another file to begin anew`);
  if (kept.issuer !== issuer) throw new Unchecked(`${file} was kept of ${kept.issuer}`);
  const checkpoints = kept.checkpoints.map((text) => {
    const checkpoint = readCheckpoint(String(text));
    const jwk = kept.keys.find(({ kid }) => kid === checkpoint?.signed.kid);
    if (!checkpoint || !jwk || checkpoint.iss !== issuer || !isSignedBy(checkpoint.signed, jwk))
      throw new Unchecked(`${file} holds a checkpoint that its key did not sign: it was changed`);
    return checkpoint;
  });
  return { keys: kept.keys, checkpoints };
};

const documentOf = (issuer, { keys, checkpoints }) => ({
  issuer,
  keys,
  checkpoints: checkpoints.map(({ text }) => text),
});

/** With one checkpoint more, and its key. */
export const withCheckpoint = ({ keys, checkpoints }, checkpoint, jwk) => ({
  keys: keys.some(({ kid }) => kid === jwk.kid) ? keys : [...keys, jwk],
  checkpoints: checkpoints.some(({ text }) => text === checkpoint.text) ? checkpoints : [...checkpoints, checkpoint],
});

/** Writes it beside the file first: a run that is killed leaves the file as it was. */
export const saveKept = (file, issuer, kept) => {
  writeFileSync(`${file}.new`, `${JSON.stringify(documentOf(issuer, kept), null, 2)}\n`);
  renameSync(`${file}.new`, file);
};

/** Writes what convicts beside what is kept. @returns where */
export const saveEvidence = (file, issuer, kept, { says, leaves }) => {
  const name = `${file}.evidence-${new Date().toISOString().replace(/[:.]/g, '-')}.json`;
  const evidence = { says, ...documentOf(issuer, kept), leaves: leaves.map((leaf) => leaf.toString('base64url')) };
  writeFileSync(name, `${JSON.stringify(evidence, null, 2)}\n`, { flag: 'wx' });
  return name;
};
