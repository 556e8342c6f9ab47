import fc from 'fast-check';
import { addressReach, ADDRESS_MAX } from '../../../protocol';

describe('an address of an institution', () => {
  it.each([
    'https://bank.example/',
    'https://app.bank.example:8443/back/to-us?state=a&b=c%2Fd',
    'https://xn--fiq228c.example/back',
    'https://a-1.b2.co/~x;y=z,(1)',
  ])('leads to a public name: %s', (address) => expect(addressReach(address)).toBe('public'));

  it.each(['http://127.0.0.1/', 'http://127.0.0.1:8080/back', 'http://localhost:3000/in?x=1'])(
    'leads to the machine itself: %s',
    (address) => expect(addressReach(address)).toBe('loopback'),
  );

  it.each([
    ['no scheme', 'bank.example/back'],
    ['another scheme', 'ftp://bank.example/'],
    ['a scheme of an app', 'bank://back'],
    ['a script', 'javascript:alert(1)'],
    ['no TLS', 'http://bank.example/back'],
    ['capitals in its host', 'https://Bank.example/'],
    ['a user', 'https://bank.example@evil.example/'],
    ['a password', 'https://a:b@bank.example/'],
    ['no path', 'https://bank.example'],
    ['a query without a path', 'https://bank.example?a'],
    ['an apostrophe', "https://bank.example/?a='"],
    ['a fragment', 'https://bank.example/#back'],
    ['a fragment in its query', 'https://bank.example/?a#b'],
    ['a wildcard in its host', 'https://*.bank.example/'],
    ['a wildcard in its path', 'https://bank.example/*'],
    ['a backslash', 'https://bank.example\\@evil.example/'],
    ['a blank', 'https://bank.example/a b'],
    ['a line break', 'https://bank.example/\n'],
    ['letters of another script', 'https://bänk.example/'],
    ['one label', 'https://bank/'],
    ['a dot at its end', 'https://bank.example./'],
    ['an empty label', 'https://bank..example/'],
    ['a label that ends with a hyphen', 'https://bank-.example/'],
    ['an IPv4 address', 'https://203.0.113.7/'],
    ['an IPv4 address in one number', 'https://3405803783/'],
    ['an IPv4 address in hexadecimal', 'https://0xcb.0x00.0x71.0x07/'],
    ['an IPv4 address that is this machine', 'https://127.0.0.1/'],
    ['another IPv4 address of this machine', 'http://127.0.0.2/'],
    ['an IPv6 address', 'https://[2001:db8::1]/'],
    ['an IPv6 address of this machine', 'http://[::1]:8080/'],
    ['the name of this machine over TLS', 'https://localhost/'],
    ['a name below that of this machine', 'https://bank.localhost/'],
    ['a name of this network', 'https://printer.local/'],
    ['a name of this home', 'https://nas.home.arpa/'],
    ['a private name', 'https://metadata.google.internal/'],
    ['a name for tests', 'https://bank.test/'],
    ['a hidden name', 'https://bank.onion/'],
    ['a port that is the scheme’s own', 'https://bank.example:443/'],
    ['a port beyond the last', 'https://bank.example:65536/'],
    ['port 0', 'https://bank.example:0/'],
    ['a port with a zero before it', 'https://bank.example:08443/'],
    ['dots to resolve', 'https://bank.example/a/../b'],
    ['escaped dots to resolve', 'https://bank.example/a/%2E%2E/b'],
    ['a broken escape', 'https://bank.example/%2'],
    ['an escape in small letters', 'https://bank.example/%2f'],
    ['too many characters', `https://bank.example/${'a'.repeat(ADDRESS_MAX)}`],
  ])('does not have %s', (_, address) => expect(addressReach(address)).toBeNull());

  it('is spelled as every parser spells it again, whatever it is made of', () => {
    const piece = fc.constantFrom(
      ...[
        'https://',
        'http://',
        'a',
        'B',
        '.',
        'example',
        '/',
        '?',
        '#',
        "'",
        '@',
        ':',
        '443',
        '8443',
        '%2E',
        '%2e',
        '*',
      ],
      ...['127.0.0.1', 'localhost', '[::1]', '\\', ' ', '..', '-', '0x7f', '1', 'é', '\u3002'],
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 2, maxLength: 9 }), (pieces) => {
        const address = pieces.join('');
        const reach = addressReach(address);
        if (reach === null) return;
        const parsed = new URL(address);
        expect(parsed.href).toBe(address);
        expect([parsed.username, parsed.password, parsed.hash]).toEqual(['', '', '']);
        expect(parsed.protocol).toBe(reach === 'public' ? 'https:' : 'http:');
        if (reach === 'public') expect(parsed.hostname).toMatch(/\.[a-z][a-z0-9-]*$/);
      }),
      { numRuns: 20_000, examples: [[['https://', 'a', '.', 'example', '/', '%2E']]] },
    );
  });
});
