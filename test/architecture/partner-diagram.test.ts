import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { applyAsPartner } from '../../cloudfunctions/_core/partners/apply';
import { refusePartner, resumePartner, suspendPartner } from '../../cloudfunctions/_core/partners/decide-partner';
import { accountOf } from '../support/enrolment-world';
import { drawnArrows } from '../support/drawn';
import { application, approve, partnerOperator, warrant } from '../support/partner-steps';
import { createPartnerWorld } from '../support/partner-store';

const text = readFileSync(join(__dirname, '..', '..', 'docs', 'states.md'), 'utf8');
const owner = accountOf(1);

describe('the diagram of a partner', () => {
  it('draws every arrow that calls in any order go, and no other', async () => {
    const gone = new Set<string>();
    const step = fc.constantFrom('apply', 'approve', 'refuse', 'suspend', 'resume');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const world = createPartnerWorld();
        const { ports } = world;
        let state = '[*]';
        for (const call of ['apply', ...steps]) {
          const id = world.partners()[0]?.id ?? '';
          if (call === 'apply') await applyAsPartner(ports, owner, application());
          if (call === 'approve') await approve(world, id);
          if (call === 'refuse') await refusePartner(ports, partnerOperator, id, 'claims_too_wide');
          if (call === 'suspend') await suspendPartner(ports, warrant(), id, 'unusual_rate');
          if (call === 'resume') await resumePartner(ports, warrant(), id);
          const after = world.partners()[0]?.state ?? '[*]';
          if (after !== state) gone.add(`${state} → ${after}`);
          state = after;
        }
      }),
      { numRuns: 200 },
    );
    expect([...gone].sort()).toEqual(drawnArrows(text, 'A partner. Its record'));
  });
});
