import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Card, type Card as CardState } from '../../../protocol';
import { cardFace } from '../../../miniprogram/presenters/card-face';
import { drawnCard } from '../../../miniprogram/presenters/drawn-card';
import { tellMark } from '../../../miniprogram/presenters/mark';
import { foreignTexts, languages } from './languages';

const { status: statuses, tier: tiers } = Card.properties;
const card: CardState = {
  id: '0'.repeat(32),
  status: 'valid',
  tier: 'light',
  maskedName: '林**',
  mintedAt: 1_795_000_000_000,
  validTo: '2029-04-12',
};
const styles = readFileSync(resolve(__dirname, '../../../miniprogram/components/icon/icon.wxss'), 'utf8');

describe('the face of a card', () => {
  it.each(languages)('tells each status by a word and an icon of its own, in %s', (language) => {
    const faces = statuses.enum.map((status) => cardFace({ ...card, status }, language));
    const named = faces.map(({ statusName }) => statusName);
    expect(foreignTexts(named, language)).toEqual([]);
    expect(new Set(named).size).toBe(statuses.enum.length);
    expect(new Set(faces.map(({ statusIcon }) => statusIcon)).size).toBe(statuses.enum.length);
    for (const { statusIcon } of faces) expect(styles).toContain(`.icon-${statusIcon}`);
  });

  it('can be shown to a merchant while it is valid, and in no other state', () => {
    const usable = statuses.enum.filter((status) => cardFace({ ...card, status }, 'en').isUsable);
    expect(usable).toEqual(['valid']);
  });

  it.each(languages)('names both tiers in %s', (language) => {
    const named = tiers.enum.map((tier) => cardFace({ ...card, tier }, language).tierName);
    expect(foreignTexts(named, language)).toEqual([]);
    expect(new Set(named).size).toBe(tiers.enum.length);
  });

  it.each(languages)('says to whoever listens all that it shows, in %s', (language) => {
    for (const status of statuses.enum)
      for (const tier of tiers.enum) {
        const face = cardFace({ ...card, status, tier }, language);
        for (const part of [face.title, face.tierName, face.name, face.statusName, face.validToName, face.validTo])
          expect(face.label).toContain(part);
      }
  });

  it('shows the masked name and nothing else of the person', () => {
    expect(cardFace(card, 'en')).toMatchObject({ name: '林**', validTo: '12 Apr 2029', tier: 'light' });
  });
});

describe('the drawing of a card for whoever has none', () => {
  it.each(languages)('says that it is a sample and carries no date and no status, in %s', (language) => {
    const drawn = drawnCard(language);
    expect(foreignTexts([drawn.title, drawn.tierName, drawn.name, drawn.validToName, drawn.label], language)).toEqual(
      [],
    );
    expect([drawn.validTo, drawn.statusName, drawn.statusIcon]).toEqual(['—', '', '']);
    expect(drawn.tierName).not.toBe(cardFace(card, language).tierName);
    expect(Object.keys(drawn).sort()).toEqual(Object.keys(cardFace(card, language)).sort());
  });
});

describe('the mark that both screens show', () => {
  it.each(languages)('is a word and the name of its colour, in %s, for every mark there is', (language) => {
    for (let word = 0; word < 256; word += 1) {
      const told = tellMark({ word, colour: word % 8 }, language);
      expect(foreignTexts([told.word, told.told], language)).toEqual([]);
      expect(told.hex).toMatch(/^#[0-9A-F]{6}$/);
    }
  });

  it('is the same word and colour in both languages', () => {
    const mark = { word: 3, colour: 4 };
    expect(tellMark(mark, 'zh')).toEqual({ word: '大象', told: '颜色：蓝色', hex: tellMark(mark, 'en').hex });
    expect(tellMark(mark, 'en')).toMatchObject({ word: 'elephant', told: 'Colour: blue' });
  });
});
