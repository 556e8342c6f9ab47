/**
 * Begins with the tests that take longest, so that none of them runs alone at the end while the other worker has nothing left. Jest itself
 * knows how long tests took the last time, and on a new clone there was no last time: it goes by the size of the files.
 */
import { relative } from 'node:path';
import Sequencer from '@jest/test-sequencer';

/** Folders and files, those that take longest before the others. */
const LONGEST = [
  'test/legacy/',
  'test/journey/looks-en',
  'test/journey/guardian',
  'test/journey/',
  'test/flow/demo',
  'test/attack/at-once',
  'test/contract/embedded/',
  'test/flow/',
  'test/attack/',
  'test/contract/phone/',
  'test/contract/cloud/',
  'test/architecture/',
];

export default class LongestFirst extends Sequencer {
  /** @param {Parameters<Sequencer['sort']>[0]} tests */
  sort(tests) {
    const placeOf = ({ path, context }) => {
      const name = relative(context.config.rootDir, path).replaceAll('\\', '/');
      const place = LONGEST.findIndex((prefix) => name.startsWith(prefix));
      return place === -1 ? LONGEST.length : place;
    };
    return super.sort(tests).sort((one, other) => placeOf(one) - placeOf(other));
  }
}
