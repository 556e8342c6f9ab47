import type { Phone } from '../../phone/contract/phone';
import type { PhoneSettings, SamplePicture, Scene } from '../../phone/contract/settings';
import type { Cast } from './cast';
import { button, choice, make, pickPicture } from './elements';
import type { Language, StageWords } from './words';

export interface PanelOptions {
  readonly role: 'holder' | 'merchant';
  readonly words: StageWords;
  readonly language: Language;
  readonly cast: Cast;
  readonly phone: () => Phone | null;
  /** A screenshot was taken. */
  readonly onScreenshot: (picture: Blob) => void;
}

export interface Panel {
  readonly element: HTMLElement;
  /** Shows settings that hold now. */
  readonly show: (settings: PhoneSettings) => void;
}

/** The value of a scene in the drop-down lists. */
const valueOf = (scene: Scene, own: string): string => {
  if (scene.kind !== 'sample') return scene.kind;
  return scene.person === own ? scene.picture : 'other';
};

/** Builds the controls of one phone. */
export const createPanel = (options: PanelOptions): Panel => {
  const { role, words, language, cast, phone } = options;
  const change = (settings: Partial<PhoneSettings>): void => phone()?.change(settings);
  const personOf = (openId: string): string =>
    cast.people.find((person) => person.openId === openId)?.id ?? cast.people[0]?.id ?? '';
  const owner = (): string => personOf(phone()?.settings.openId ?? '');
  const stranger = (): string => cast.people.find(({ id }) => id !== owner())?.id ?? owner();

  /** Whoever works with the mini-program opens it where they work. */
  const openingOf = (openId: string): string | undefined => {
    if (cast.operators.some((one) => one.openId === openId)) return 'packages/operator/desk/desk';
    return cast.staff.some((one) => one.openId === openId) ? 'packages/verifier/scan/scan' : undefined;
  };

  const sample = (picture: 'auto' | SamplePicture, person = owner()): Scene => ({ kind: 'sample', person, picture });
  const sceneOf = async (value: string): Promise<Scene | null> => {
    switch (value) {
      case 'webcam':
      case 'other-phone':
      case 'screen':
        return { kind: value };
      case 'file': {
        const url = await pickPicture();
        return url === null ? null : { kind: 'file', url };
      }
      case 'other':
        return sample('selfie-1', stranger());
      case 'card-front':
      case 'card-back':
        return sample(value);
      default:
        return sample('auto');
    }
  };
  const changeScene = (name: 'camera' | 'scanner') => (value: string) => {
    void sceneOf(value).then((scene) => {
      const now = phone();
      if (scene) now?.change({ [name]: scene });
      else if (now) show(now.settings);
    });
  };

  const people: [string, string][] = cast.people.map(({ openId, name }) => [openId, name[language]]);
  const staff: [string, string][] = cast.staff.map(({ openId, shop, terminal }) => [
    openId,
    `${shop[language]} · ${terminal ?? words.owner}`,
  ]);
  const operators: [string, string][] = cast.operators.map((one) => [
    one.openId,
    `${words.operator} · ${words.operatorRoles[one.role]} ${one.at}`,
  ]);
  const accounts: [string, string][] =
    role === 'holder'
      ? [...people, [cast.yourself, words.yourself], ...operators]
      : [...staff, ...people, ...operators];
  const person = choice(words.person, accounts, (openId) => {
    const camera: Scene =
      openId === cast.yourself ? { kind: 'webcam' } : { kind: 'sample', person: personOf(openId), picture: 'auto' };
    change({ openId, camera });
    const opening = openingOf(openId);
    if (opening !== undefined) phone()?.restart(opening);
  });
  const camera = choice(
    words.camera,
    [
      ['auto', words.cameraAuto],
      ['card-front', words.cameraFront],
      ['card-back', words.cameraBack],
      ['other', words.cameraOther],
      ['webcam', words.webcam],
      ['file', words.file],
    ],
    changeScene('camera'),
  );
  const light = choice(words.light, Object.entries(words.lights), (value) =>
    change({ light: value as PhoneSettings['light'] }),
  );
  const scanner = choice(
    words.scanner,
    [
      ['other-phone', words.otherPhone],
      ['screen', words.screen],
      ['webcam', words.webcam],
      ['file', words.file],
    ],
    changeScene('scanner'),
  );
  const tongue = choice(
    words.language,
    [
      ['zh_CN', '中文'],
      ['en', 'English'],
    ],
    (value) => change({ language: value as PhoneSettings['language'] }),
  );
  const theme = choice(words.theme, Object.entries(words.themes), (value) =>
    change({ theme: value as PhoneSettings['theme'] }),
  );
  const network = choice(words.network, Object.entries(words.networks), (value) =>
    change({ network: value as PhoneSettings['network'] }),
  );
  const permission = choice(words.permission, Object.entries(words.permissions), (value) => {
    const { 'scope.camera': _before, ...rest } = phone()?.settings.scopes ?? {};
    change({ scopes: value === 'ask' ? rest : { ...rest, 'scope.camera': value as 'granted' | 'denied' } });
  });
  const actions = make(
    'div',
    'panel-actions',
    button('panel-button', words.screenshot, () => {
      void phone()?.screenshot().then(options.onScreenshot);
    }),
    button('panel-button', words.restart, () => phone()?.restart()),
    button('panel-button', words.forget, () => phone()?.clearStorage()),
  );
  const rows =
    role === 'holder'
      ? [person, camera, scanner, light, permission, network, tongue, theme]
      : [person, scanner, permission, network, tongue, theme];
  const element = make(
    'details',
    'panel-part',
    make('summary', 'panel-title', words[role]),
    make('div', 'choices', ...rows.map(({ row }) => row)),
    actions,
  );
  element.open = true;

  const show = (settings: PhoneSettings): void => {
    person.show(settings.openId);
    camera.show(valueOf(settings.camera, personOf(settings.openId)));
    light.show(settings.light);
    scanner.show(settings.scanner.kind);
    tongue.show(settings.language);
    theme.show(settings.theme);
    network.show(settings.network);
    permission.show(settings.scopes['scope.camera'] ?? 'ask');
  };
  return { element, show };
};
