import { hasIcon, screens, type Screen, type Tag } from './screens';

/** Attributes that carry names for programs; every other one may end up before somebody's eyes or ears. */
const unspoken =
  /^(class|style|id|name|size|mode|type|tone|icon|frame|theme|variant|layout|is|data|flash|resolution|device-position|hover-class|aria-role|aria-live|(wx|bind|data)[:-].+)$/;

/** An expression without its comparisons, whose texts nobody reads. */
const withoutComparisons = (value: string): string => value.replace(/[!=]==? '[^']*'/g, '');

const hardCoded = ({ attributes }: Tag): string[] =>
  [...attributes].flatMap(([attribute, value]) => {
    if (unspoken.test(attribute) || value === '') return [];
    const outside = value.replace(/\{\{[^}]*\}\}/g, '');
    const inside = [...withoutComparisons(value).matchAll(/'([^']*)'/g)].map(([, text = '']) => text).join('');
    return /\p{L}/u.test(outside + inside) ? [`${attribute}="${value}"`] : [];
  });

/** What a template says between its tags, apart from expressions. */
const spoken = ({ template }: Screen): string =>
  template
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(?:"[^"]*"|[^">])*>/g, '')
    .replace(/\{\{[^}]*\}\}/g, '');

const roles = ['button', 'heading', 'img', 'checkbox', 'radio', 'radiogroup', 'status', 'alert'];
const tagsIn = (screen: Screen, ...names: string[]): readonly Tag[] =>
  screen.tags.filter(({ name }) => names.includes(name));

describe('the templates', () => {
  it('are read whole', () => {
    expect(screens.length).toBeGreaterThanOrEqual(17);
    for (const { template, tags } of screens) expect(tags).toHaveLength([...template.matchAll(/<[a-z]/g)].length);
  });

  describe.each(screens)('$folder', (screen) => {
    it('says no word of its own: all come from the tables', () => {
      expect(spoken(screen).match(/\p{L}+/gu)).toBeNull();
      expect(screen.tags.flatMap(hardCoded)).toEqual([]);
    });

    it('tells by a role what can be tapped', () => {
      const mute = tagsIn(screen, 'view', 'text', 'image')
        .filter(({ attributes }) => [...attributes.keys()].some((name) => /^(bind|catch|mut-bind):?tap$/.test(name)))
        .filter(({ attributes }) => !['button', 'checkbox', 'radio'].includes(attributes.get('aria-role') ?? ''));
      expect(mute).toEqual([]);
    });

    it('uses no role that the phones do not know', () => {
      const used = screen.tags.flatMap(({ attributes }) => attributes.get('aria-role') ?? []);
      const strange = used.filter((role) => !role.includes('{{') && !roles.includes(role));
      expect(strange).toEqual([]);
    });

    it('tells what each picture shows', () => {
      const mute = tagsIn(screen, 'image', 'canvas').filter(({ attributes }) => !attributes.get('aria-label'));
      expect(mute).toEqual([]);
    });

    it('tells whether what can be chosen is chosen', () => {
      const mute = screen.tags.filter(
        ({ attributes }) =>
          ['checkbox', 'radio'].includes(attributes.get('aria-role') ?? '') && !attributes.get('aria-checked'),
      );
      expect(mute).toEqual([]);
    });

    it('gives every list a key', () => {
      const loose = screen.tags.filter(({ attributes }) => attributes.has('wx:for') && !attributes.get('wx:key'));
      expect(loose).toEqual([]);
    });

    it('has what it calls: handlers and icons', () => {
      const handlers = screen.tags.flatMap(({ attributes }) =>
        [...attributes].flatMap(([name, value]) => (/^(bind|catch):/.test(name) ? [value] : [])),
      );
      expect(handlers.filter((name) => !new RegExp(`\\b${name}\\(`).test(screen.script))).toEqual([]);
      const icons = [
        ...tagsIn(screen, 'icon').map(({ attributes }) => attributes.get('name') ?? ''),
        ...tagsIn(screen, 'empty').map(({ attributes }) => attributes.get('icon') ?? ''),
      ];
      expect(icons.filter((name) => !name.includes('{{') && !hasIcon(name))).toEqual([]);
    });
  });
});

describe('the look at the templates', () => {
  const tag = (attribute: string, value: string): Tag => ({
    name: 'notice',
    attributes: new Map([[attribute, value]]),
  });

  it('finds words that stand in an attribute or an expression', () => {
    expect(hardCoded(tag('title', 'Hello'))).toHaveLength(1);
    expect(hardCoded(tag('title', "{{ok ? 'Hello' : words.no}}"))).toHaveLength(1);
    expect(hardCoded(tag('aria-label', '卡'))).toHaveLength(1);
    expect(hardCoded(tag('title', "{{state === 'denied' ? words.a : words.b}}"))).toEqual([]);
  });

  it('finds words between tags', () => {
    const template = '<view title="a > b">{{words.a}}: Hello</view>';
    expect(spoken({ folder: '', script: '', tags: [], template })).toBe(': Hello');
  });
});
