import { BlockList, isIPv4, isIPv6 } from 'node:net';

/**
 * Ranges of IPv4 that are nobody's in the public network, or everybody's (IANA, IPv4 Special-Purpose Address Registry, and the multicast range).
 * https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const ipv4 = [
  // This network, unspecified
  '0.0.0.0/8',
  // Private
  '10.0.0.0/8',
  // Shared by carriers
  '100.64.0.0/10',
  // Loopback
  '127.0.0.0/8',
  // Link-local, where clouds keep what they tell a machine about itself
  '169.254.0.0/16',
  // Private
  '172.16.0.0/12',
  // IETF protocols
  '192.0.0.0/24',
  // Documentation
  '192.0.2.0/24',
  // AS112, AMT
  '192.31.196.0/24',
  '192.52.193.0/24',
  // 6to4 relays
  '192.88.99.0/24',
  // Private
  '192.168.0.0/16',
  // AS112
  '192.175.48.0/24',
  // Measurements
  '198.18.0.0/15',
  // Documentation
  '198.51.100.0/24',
  '203.0.113.0/24',
  // Multicast
  '224.0.0.0/4',
  // Reserved, broadcast
  '240.0.0.0/4',
] as const;

/** All that was ever given out of IPv6 for single machines (RFC 4291, section 2.4; IANA, IPv6 Address Space): what is outside is nobody's. */
const ipv6Unicast = '2000::/3';

/**
 * Ranges of these that are no machine's of their own (IANA, IPv6 Special-Purpose Address Registry).
 * https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const ipv6 = [
  // IETF protocols: Teredo, ORCHID, benchmarking
  '2001::/23',
  // Documentation
  '2001:db8::/32',
  // 6to4, which leads to an address of IPv4
  '2002::/16',
  // AS112
  '2620:4f:8000::/48',
  // Documentation
  '3fff::/20',
] as const;

const listOf = (ranges: readonly string[], family: 'ipv4' | 'ipv6'): BlockList => {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', prefix = ''] = range.split('/');
    list.addSubnet(network, Number(prefix), family);
  }
  return list;
};

const special4 = listOf(ipv4, 'ipv4');
const special6 = listOf(ipv6, 'ipv6');
const unicast6 = listOf([ipv6Unicast], 'ipv6');

/**
 * Whether an address is a machine's own in the public network: none of a private or special range, and none that another one is wrapped in
 * (mapped, NAT64, 6to4, Teredo), since nobody here can say where that leads.
 * @param address as a resolver tells it; whatever is no address is none
 */
export const isPublicAddress = (address: string): boolean => {
  if (isIPv4(address)) return !special4.check(address, 'ipv4');
  // With a zone it is an address of this machine's neighbourhood.
  if (!isIPv6(address) || address.includes('%')) return false;
  return unicast6.check(address, 'ipv6') && !special6.check(address, 'ipv6');
};
