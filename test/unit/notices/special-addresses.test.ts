import fc from 'fast-check';
import { isPublicAddress } from '../../../cloudfunctions/_adapters/outside/special-addresses';

/** The first and the last of each range that is nobody's, by the registries of IANA. */
const special = [
  ...['0.0.0.0', '0.255.255.255', '10.0.0.0', '10.255.255.255', '100.64.0.0', '100.127.255.255'],
  ...['127.0.0.0', '127.255.255.255', '169.254.0.0', '169.254.169.254', '169.254.255.255', '172.16.0.0'],
  ...['172.31.255.255', '192.0.0.0', '192.0.0.170', '192.0.0.255', '192.0.2.1', '192.31.196.1', '192.52.193.1'],
  ...['192.88.99.1', '192.168.0.0', '192.168.255.255', '192.175.48.1', '198.18.0.0', '198.19.255.255'],
  ...['198.51.100.1', '203.0.113.255', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255'],
  ...['::', '::1', '::7f00:1', '::ffff:8.8.8.8', '::ffff:0:8.8.8.8', '64:ff9b::808:808', '64:ff9b:1::1', '100::1'],
  ...['2001::1', '2001:1ff:ffff::', '2001:db8::1', '2002::1', '2002:808:808::1', '2620:4f:8000::1', '3fff:fff::1'],
  ...['4000::1', '5f00::1', 'fc00::1', 'fdff::1', 'fe80::1', 'febf::1', 'fec0::1', 'ff02::1', 'ffff::1'],
];
/** Their neighbours, and addresses of well-known servers. */
const everybodys = [
  ...['1.0.0.0', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255', '128.0.0.0'],
  ...['169.253.255.255', '169.255.0.0', '172.15.255.255', '172.32.0.0', '192.0.1.0', '192.0.3.0', '192.167.255.255'],
  ...['192.169.0.0', '198.17.255.255', '198.20.0.0', '203.0.112.255', '203.0.114.0', '223.255.255.255', '8.8.8.8'],
  ...['2001:200::1', '2001:4860:4860::8888', '2001:db7::1', '2003::1', '2400:da00::6666', '3ffe::1', '2620:4f:8001::1'],
];

describe('an address', () => {
  it.each(special)('%s is nobody’s in the public network', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(everybodys)('%s is a machine’s of its own', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it('of IPv4 is none however it is wrapped in one of IPv6', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        for (const wrapped of [`::${address}`, `::ffff:${address}`, `64:ff9b::${address}`]) {
          expect(isPublicAddress(wrapped)).toBe(false);
        }
      }),
    );
  });

  it.each(['', 'localhost', '127.1', '0x7f000001', '2130706433', '8.8.8.8/0', '2400:da00::6666%eth0', ' 8.8.8.8'])(
    '%j is none',
    (text) => {
      expect(isPublicAddress(text)).toBe(false);
    },
  );
});
