import fc from 'fast-check';
import { BINDING_MESSAGE_MAX } from '../../../protocol';
import { drawBindingMessage, isBindingMessage } from '../../../cloudfunctions/_core/asks/binding-message';
import { createRandomBytes } from '../../support/random-bytes';

describe('a binding message', () => {
  it.each([
    '482 913',
    '开户 A-17',
    '<b>42</b>',
    '取件 Pickup 8-2-1047 for 421 907',
    '您好，请核对：￥100.00（第3号）！“好”…《二》、〇・・—～'.slice(0, BINDING_MESSAGE_MAX),
    'Straße café Škoda Nguyễn',
    // Pinyin that has no letter of its own.
    'e\u0302\u0304'.normalize('NFC'),
    '𠮷野家 🏦 👍🏽 🇨🇳 €5 +5%',
    '·',
    '🏦'.repeat(BINDING_MESSAGE_MAX),
  ])('may be %j', (text) => {
    expect(isBindingMessage(text)).toBe(true);
  });

  it.each([
    ['no words', ''],
    ['blanks alone', '     '],
    ['a blank before', ' 42'],
    ['a blank behind', '42 '],
    ['two blanks, of which a page shows one', '4  2'],
    ['a wide blank', '4\u30002'],
    ['a blank that breaks no line', '4\u00a02'],
    ['too long', 'a'.repeat(BINDING_MESSAGE_MAX + 1)],
    ['a line end', 'two\nlines'],
    ['a separator', 'line\u2028end'],
    ['a control character', 'bell\u0007'],
    ['half a character', '\ud800'],
    ['nothing that is assigned', '4\u03782'],
    ['a turned direction of writing', 'safe\u202eevil'],
    ['letters that are read from the right, beside digits', '42 \u05d0'],
    ['a letter without a width', 'zero\u200bwidth'],
    ['a joiner', '4\u200d2'],
    ['a joiner of graphemes', '42\u034f'],
    ['a variation selector', '42\ufe0f'],
    ['a variation selector of its supplement', '4\u{e0100}2'],
    ['a tag', '4\u{e0041}2'],
    ['a soft hyphen', '4\u00ad2'],
    ['a Hangul filler', '\u3164'],
    ['a Hangul filler, narrow', '\uffa0\uffa0'],
    ['a Khmer vowel without ink', '4\u17b42'],
    ['a Mongolian selector', '1\u180b'],
    ['a blank of braille', '42\u2800'],
    ['an object in the place of a character', '4\ufffc2'],
    ['a note without ink', '4\u{1d159}2'],
    ['a pile of marks', `a${'\u0301'.repeat(39)}`],
    ['a mark on nothing', '\u0301'],
    ['a mark on a blank', '4 \u0301'],
    ['three marks', 'q\u0301\u0302\u0304'],
    ['a letter in two characters', 'a\u0301'],
    ['a unit that is a letter', '\u212a'],
    ['a Chinese letter under a second number', '\uf900'],
    ['a radical that looks like the letter', '\u2f00'],
    ['Cyrillic that looks like Latin', 'p\u0430y'],
    ['Greek that looks like Latin', '\u0391'],
    ['wide digits', '４８２'],
    ['wide letters', 'ＡＢ'],
    ['ringed digits', '④②'],
    ['raised digits', 'x²'],
    ['digits of mathematicians', '𝟒𝟐'],
    ['joined letters', 'ﬁ'],
  ])('has not %s', (_, text) => {
    expect(isBindingMessage(text)).toBe(false);
  });

  it('is no other than any that both screens show alike, and no longer than they have room for', () => {
    const unit = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 3 }),
      fc.constantFrom('\u0301', ' ', '4', 'ｂ', '，'),
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        if (!isBindingMessage(text)) return;
        expect(Array.from(text).length).toBeLessThanOrEqual(BINDING_MESSAGE_MAX);
        expect(text).toBe(text.normalize('NFC'));
        expect(text).toBe(text.trim().replace(/\s+/g, ' '));
        expect(text).toMatch(/[^\s\p{M}\p{C}]/u);
      }),
      { numRuns: 1000 },
    );
  });

  it('that is drawn is one, too', () => {
    const randomBytes = createRandomBytes('messages');
    for (let drawn = 0; drawn < 50; drawn += 1) expect(isBindingMessage(drawBindingMessage(randomBytes))).toBe(true);
  });
});
