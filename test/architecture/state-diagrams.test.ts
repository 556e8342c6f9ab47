import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { sha256 } from '../../cloudfunctions/_adapters/crypto/es256';
import { suspendCard, resumeCard } from '../../cloudfunctions/_core/card/holder-card';
import { CASE_LIFE_MS } from '../../cloudfunctions/_core/enrolment/case';
import { aliasShowing } from '../../cloudfunctions/_core/showing/alias-showing';
import { prepareShowing } from '../../cloudfunctions/_core/showing/open-showing';
import { redeemCode } from '../../cloudfunctions/_core/showing/redeem-code';
import { enrolmentChallenge } from '../../protocol';
import { phoneOf, pictures, vouched } from '../support/enrolment-steps';
import { accountOf, createEnrolmentWorld } from '../support/enrolment-world';
import { newKeyPair } from '../support/key-pair';
import { createShowingWorld, firstTerminal, holder, scan, show } from '../support/showing-world';
import { createSensor } from '../support/soter';

const text = readFileSync(join(__dirname, '..', '..', 'ARCHITECTURE.md'), 'utf8');

/** The arrows of the diagram that follows a sentence, as `from → to`. */
const drawn = (before: string): readonly string[] => {
  const from = text.indexOf(before);
  if (from < 0) throw new Error(`nothing is drawn after: ${before}`);
  const diagram = text.slice(
    text.indexOf('stateDiagram-v2', from),
    text.indexOf('```', text.indexOf('stateDiagram-v2', from)),
  );
  const arrows = [...diagram.matchAll(/^\s+(\S+) --> (\w+)/gm)].map(([, one = '', other = '']) => `${one} → ${other}`);
  return [...new Set(arrows)].sort();
};

/** A sequence of states as the arrows between them. */
const arrowsOf = (states: readonly string[]): readonly string[] =>
  states.map((state, at) => `${states[at - 1] ?? '[*]'} → ${state}`);

describe('the diagram of a showing', () => {
  it('draws every arrow that calls in any order go, and no other', async () => {
    const gone = new Set<string>();
    const step = fc.constantFrom('show', 'prepare', 'redeem', 'redeem late', 'alias', 'suspend', 'resume');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const world = createShowingWorld();
        const { ports } = world;
        let code = '';
        for (const [at, call] of steps.entries()) {
          if (call === 'show')
            code = await show(world).then(
              (opened) => opened.code(),
              () => code,
            );
          if (call === 'prepare') await prepareShowing(ports, holder);
          if (call === 'redeem') await redeemCode(ports, firstTerminal.key, scan(code || 'NONE', at + 1));
          if (call === 'redeem late') {
            world.clock.advance(31_000);
            await redeemCode(ports, firstTerminal.key, scan(code || 'NONE', at + 1));
          }
          if (call === 'alias') await aliasShowing(ports, holder);
          if (call === 'suspend') await suspendCard(ports, holder);
          if (call === 'resume') await resumeCard(ports, holder);
        }
        const seen = world.identities.written.flatMap(({ showing }) => (showing ? [showing] : []));
        const changes = seen.filter(
          (showing, at) => showing.handle !== seen[at - 1]?.handle || showing.state !== seen[at - 1]?.state,
        );
        for (const arrow of arrowsOf(changes.map(({ state }) => state))) gone.add(arrow);
      }),
      { numRuns: 200 },
    );
    expect([...gone].sort()).toEqual(drawn('A showing, the five minutes'));
  });
});

/** How like the portrait a selfie is. */
const likenesses = new Map([
  ['match', 0.9],
  ['match badly', 0.1],
  ['match nearly', 0.5],
]);

describe('the diagram of a case', () => {
  it('draws every arrow that a phone’s calls in any order go', async () => {
    const gone = new Set<string>();
    const step = fc.constantFrom('read', 'read badly', 'match', 'match badly', 'match nearly', 'bind', 'mint', 'wait');
    // Some ends take the same call many times over.
    const insisting = fc
      .tuple(step, fc.integer({ min: 2, max: 8 }))
      .map(([call, times]) => Array.from({ length: times }, () => call));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.array(step, { minLength: 2, maxLength: 16 }), insisting), async (steps) => {
        const world = createEnrolmentWorld();
        const phone = phoneOf(world, accountOf(1));
        const sensor = createSensor(accountOf(1));
        const caseId = await phone.start();
        let nonce = 'AAAAAAAAAAAAAAAAAAAAAA';
        for (const call of steps) {
          if (call === 'read') await phone.readDocument(caseId, pictures.document(1));
          if (call === 'read badly') await phone.readDocument(caseId, pictures.blurred);
          if (call.startsWith('match')) {
            const similarity = likenesses.get(call) ?? 0;
            const matched = await phone.matchFace(caseId, pictures.face(similarity, vouched));
            if (matched.ok && matched.value.outcome === 'matched') ({ nonce } = matched.value);
          }
          if (call === 'bind') await phone.bind(caseId, sensor.touch(enrolmentChallenge({ caseId, nonce }, sha256)));
          if (call === 'mint') await phone.mint(caseId, newKeyPair(), nonce);
          if (call === 'wait') world.clock.advance(CASE_LIFE_MS / 3);
        }
        const states = world.cases.written.map(({ state }) => state);
        const changes = states.filter((state, at) => state !== states[at - 1] || state === 'documentRead');
        for (const arrow of arrowsOf(changes)) gone.add(arrow);
      }),
      {
        numRuns: 800,
        // Rare by chance, so that no run lacks them.
        examples: [
          [['read', 'match', 'wait', 'wait', 'wait', 'read']],
          [['read', 'match', 'bind', 'wait', 'wait', 'wait', 'read']],
          [['read', 'wait', 'wait', 'wait', 'read']],
          [['wait', 'wait', 'wait', 'read']],
        ],
      },
    );
    const arrows = drawn('A case, the enrolment of one person');
    expect([...gone].filter((arrow) => !arrows.includes(arrow))).toEqual([]);
    // What an operator or a week decides is drawn besides.
    const besides = arrows.filter((arrow) => !gone.has(arrow));
    expect(besides.filter((arrow) => !/inReview|appealable/.test(arrow.split(' → ')[0] ?? ''))).toEqual([]);
  });
});
