/** The page with two phones side by side, and the panel beside them. */
import type { PhoneEvent, PhoneNeighbourhood } from '../../phone/contract/phone';
import type { PhoneSettings } from '../../phone/contract/settings';
import { loadCast } from './cast';
import { button, make } from './elements';
import { createRightSide, loadPartnerPages } from './counter-frame';
import { createGuide } from './guide';
import { createLog } from './log';
import { createPanel, type Panel } from './panel';
import { createPhoneFrame, type PhoneFrame } from './phone-frame';
import { pageLanguage, stageWords, switchLanguage } from './words';

declare global {
  interface Window {
    phoneNeighbourhood?: PhoneNeighbourhood;
  }
}

type Told =
  | { readonly kind: 'reload' }
  | { readonly kind: 'faults'; readonly faults: readonly string[] }
  | { readonly kind: 'log'; readonly line: unknown };

/** A phone's own height, and what stands above and below it: its name, a margin. In CSS pixels. */
const BODY_HEIGHT = 836;
const AROUND = 52;

/** Makes the phones as large as the window lets them be, so that the whole of each is in sight. */
const fit = (phones: HTMLElement): void => {
  const above = phones.getBoundingClientRect().top + scrollY;
  const zoom = Math.min(1, Math.max(0.66, (innerHeight - above - AROUND) / BODY_HEIGHT));
  phones.style.setProperty('--zoom', innerWidth < 1280 ? String(Math.min(zoom, 0.74)) : zoom.toFixed(3));
};

const start = async (): Promise<void> => {
  const language = pageLanguage();
  const words = stageWords(language);
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  const [cast, pages] = await Promise.all([loadCast(), loadPartnerPages()]);
  const log = createLog(words);
  const guide = createGuide(words);
  const [person] = cast.people;
  const [clerk] = cast.staff;
  if (!person || !clerk) throw new Error('nobody is there to use the phones');

  const common: Partial<PhoneSettings> = {
    language: language === 'zh' ? 'zh_CN' : 'en',
    theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
    scanner: { kind: 'other-phone' },
    camera: { kind: 'sample', person: person.id, picture: 'auto' },
  };
  const panels = new Map<string, Panel>();
  const hear = (id: string) => (event: PhoneEvent) => {
    if (event.kind === 'settings') panels.get(id)?.show(event.settings);
    if (event.kind === 'fault') log.fault(id === 'holder' ? words.holder : words.merchant, event.message);
    if (event.kind !== 'route') return;
    if (event.route.startsWith('packages/card/show')) guide.done(1);
    else if (id === 'holder' && event.route.startsWith('packages/enrolment/selfie')) guide.done(0);
    if (event.route.startsWith('packages/verifier/result')) guide.done(2);
  };
  const frames: readonly PhoneFrame[] = [
    createPhoneFrame('holder', words.holder, { ...common, openId: person.openId }, '', hear('holder')),
    createPhoneFrame(
      'merchant',
      words.merchant,
      { ...common, openId: clerk.openId },
      'packages/verifier/scan/scan',
      hear('merchant'),
    ),
  ];
  window.phoneNeighbourhood = {
    phoneBeside: (id) => frames.find((frame) => frame.id !== id)?.phone() ?? null,
  };

  const shots = make('div', 'shots');
  const onScreenshot = (picture: Blob): void => {
    const url = URL.createObjectURL(picture);
    const image = Object.assign(make('img', 'shot-picture'), { src: url, alt: words.screenshot });
    const save = Object.assign(make('a', 'panel-button', words.save), { href: url, download: 'screenshot.png' });
    const scan = button('panel-button', words.scanThis, () => {
      frames
        .at(-1)
        ?.phone()
        ?.change({ scanner: { kind: 'file', url } });
    });
    shots.replaceChildren(make('figure', 'shot', image, make('figcaption', '', scan, save)));
  };
  const parts = frames.map(({ id, phone }) => {
    const role = id === 'holder' ? 'holder' : 'merchant';
    const panel = createPanel({ role, words, language, cast, phone, onScreenshot });
    panels.set(id, panel);
    return panel.element;
  });
  const strict = Object.assign(make('input', ''), { type: 'checkbox' });
  strict.addEventListener(
    'change',
    () => void fetch(strict.checked ? '/strict?on' : '/strict?off', { method: 'POST' }),
  );
  const register = make('label', 'strict', strict, words.strict);
  parts[0]?.append(make('p', 'own-card', words.ownCard), register);

  const build = make('pre', 'build-faults');
  build.hidden = true;
  build.setAttribute('role', 'alert');
  const events = new EventSource('/events');
  events.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const told = JSON.parse(data) as Told;
    if (told.kind === 'log') log.functionLine(told.line);
    build.hidden = told.kind !== 'faults' && (told.kind !== 'log' || build.hidden);
    if (told.kind === 'faults') build.textContent = `${words.build}\n\n${told.faults.join('\n\n')}`;
    if (told.kind === 'reload') for (const frame of frames) frame.reload();
  });

  const head = make(
    'header',
    'head',
    make('div', 'head-text', make('h1', 'head-title', words.title), make('p', 'head-subtitle', words.subtitle)),
    button('head-language', words.switchLanguage, switchLanguage),
  );
  const elements = frames.map(({ id, element }) =>
    id === 'merchant' ? createRightSide(element, pages, { words, language }) : element,
  );
  const phones = make('div', 'phones', ...elements);
  const panel = make('div', 'panel', ...parts, shots, log.element);
  const stage = make('main', 'stage', phones, panel);
  document.querySelector('#stage')?.append(head, guide.element, build, stage);
  fit(phones);
  // What stands above them may go, too.
  new ResizeObserver(() => fit(phones)).observe(guide.element);
  addEventListener('resize', () => fit(phones));
};

void start();
