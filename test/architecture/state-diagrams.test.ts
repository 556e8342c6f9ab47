import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { sha256 } from '../../cloudfunctions/_adapters/crypto/es256';
import { suspendCard, resumeCard } from '../../cloudfunctions/_core/card/holder-card';
import { stopIdentity } from '../../cloudfunctions/_core/card/stop-card';
import { CASE_LIFE_MS, DOCUMENT_TRIES, FACE_TRIES } from '../../cloudfunctions/_core/enrolment/case';
import { releaseCard } from '../../cloudfunctions/_core/operators/card-acts';
import { aliasShowing } from '../../cloudfunctions/_core/showing/alias-showing';
import { prepareShowing } from '../../cloudfunctions/_core/showing/open-showing';
import { redeemCode } from '../../cloudfunctions/_core/showing/redeem-code';
import { endReasons, enrolmentChallenge } from '../../protocol';
import { createCardActsWorld } from '../support/card-acts-world';
import { drawnArrows } from '../support/drawn';
import { phoneOf, pictures, vouched } from '../support/enrolment-steps';
import { accountOf, createEnrolmentWorld } from '../support/enrolment-world';
import { newKeyPair } from '../support/key-pair';
import { createLifeWorld, enrolPerson, identityOf, tryEnrol } from '../support/life-world';
import { operatorOf } from '../support/operator-world';
import { createShowingWorld, firstTerminal, holder, scan, show } from '../support/showing-world';
import { createSensor } from '../support/soter';
import { standing } from '../support/stops';

const text = readFileSync(join(__dirname, '..', '..', 'docs', 'states.md'), 'utf8');

const drawn = (before: string): readonly string[] => drawnArrows(text, before);

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

describe('the diagram of a card', () => {
  it('draws every arrow that calls in any order go, and no other', async () => {
    const gone = new Set<string>();
    const step = fc.constantFrom('suspend', 'resume', 'release', 'enrol', 'enrol newer', ...endReasons);
    const operators = createCardActsWorld().ports;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const world = createLifeWorld();
        const account = accountOf(1);
        const present = () => identityOf(world, account);
        const ports = { ...operators, ...world.ports, loadIdentityByCard: () => Promise.resolve(present()) };
        await enrolPerson(world, account, 1);
        const states = [standing(present()) ?? ''];
        for (const [at, call] of steps.entries()) {
          const { key, card } = present() ?? { key: null, card: null };
          if (!key) throw new Error('no card');
          world.clock.advance(24 * 3_600_000);
          if (call === 'suspend') await suspendCard(world.ports, account);
          else if (call === 'resume') await resumeCard(world.ports, account);
          else if (call === 'release')
            await releaseCard(ports, operatorOf('security'), { action: 'releaseCard', card: card.id });
          else if (call === 'enrol') await tryEnrol(world, account, 1);
          else if (call === 'enrol newer')
            await tryEnrol(world, account, 1, { validFrom: `20${String(17 + at)}-01-05` });
          else await stopIdentity(world.ports, key, call);
          states.push(standing(present()) ?? '');
        }
        const changes = states.filter((state, at) => state !== states[at - 1]);
        for (const arrow of arrowsOf(changes)) gone.add(arrow);
      }),
      { numRuns: 80, examples: [[['ended_by_holder', 'enrol', 'inquiry', 'release', 'suspend', 'ended_by_court']]] },
    );
    expect([...gone].sort()).toEqual(drawn('A card. All that stops it'));
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
          [['read', ...Array.from({ length: FACE_TRIES }, () => 'match badly' as const)]],
          [Array.from({ length: DOCUMENT_TRIES }, () => 'read badly' as const)],
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
