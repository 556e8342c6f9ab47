import { sha256 } from '../../../cloudfunctions/_adapters/crypto/es256';
import { alarmId } from '../../../cloudfunctions/_core/alarm';
import { requestIdOf } from '../../../cloudfunctions/_core/rights/deletion-request';
import { lookIdOf } from '../../../cloudfunctions/_core/showing/look-id';
import { eventId } from '../../../protocol';

const check = eventId('0123456789abcdef0123456789abcdef');

// Expected values from `printf '%s' "look 0123456789abcdef0123456789abcdef" | sha256sum`, and likewise. Documents lie under these ids: a
// release that spelled one otherwise would lose looks, and ask a partner twice about one check.
describe('ids that follow from what they are about', () => {
  it('stay what they were in the documents that are stored', () => {
    expect(lookIdOf(sha256, check)).toBe('c2195d8014a6543f75d1e5284a83d03f');
    expect(requestIdOf(sha256, check)).toBe('3d1660da88587dc20c1116ba1bfb0905');
    expect(alarmId(sha256, ['stored_faces', 'near', 1])).toBe('859e52271155f4544f7e9c364eb9d7ed');
  });
});
