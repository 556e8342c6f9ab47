import { textOf, reflect, type BuiltIn, type BuiltInNode } from './built-in';

const openTypes: ReadonlySet<string> = new Set(['', 'openSetting']);

/** What `<button open-type>` and `<navigator>` ask of `wx`. */
export interface PressTools {
  readonly openSetting: () => Promise<{ readonly authSetting: Readonly<Record<string, boolean>> }>;
  readonly navigate: (kind: string, option: { readonly url: string; readonly delta: number }) => void;
  readonly fault: (message: string) => void;
}

const form = (element: HTMLElement): Element | null => element.closest('wx-form');

const press = (node: BuiltInNode, tools: PressTools): void => {
  if (node.get('disabled') === true) return;
  const openType = textOf(node.get('openType'));
  if (openType === 'openSetting') {
    void tools.openSetting().then((setting) => node.emit('opensetting', { ...setting, errMsg: 'openSetting:ok' }));
  }
  const formType = textOf(node.get('formType'));
  if (formType !== '') form(node.element)?.dispatchEvent(new CustomEvent(`wx-form-${formType}`));
};

/** `<button>` and `<navigator>`. */
export const pressed = (tools: PressTools): readonly BuiltIn[] => [
  {
    tag: 'button',
    properties: {
      size: 'default',
      type: 'default',
      plain: false,
      disabled: false,
      loading: false,
      formType: '',
      openType: '',
      hoverClass: 'button-hover',
      hoverStartTime: 20,
      hoverStayTime: 70,
      lang: 'en',
      sessionFrom: '',
      sendMessageTitle: '',
      sendMessagePath: '',
      sendMessageImg: '',
      appParameter: '',
      showMessageCard: false,
      bindgetuserinfo: null,
      activityType: null,
      entrancePath: '',
      needShowEntrance: true,
      phoneNumberNoQuotaToast: true,
    },
    attach: (node) => {
      const { element } = node;
      if (!element.hasAttribute('role')) element.setAttribute('role', 'button');
      element.tabIndex = 0;
      node.on('tap', () => press(node, tools));
      return {
        update: (property, value) => {
          if (['size', 'type', 'plain', 'loading'].includes(property)) reflect(element, property, value);
          if (property === 'disabled') {
            element.tabIndex = value === true ? -1 : 0;
            element.setAttribute('aria-disabled', String(value === true));
          }
          if (property === 'openType' && !openTypes.has(textOf(value)))
            tools.fault(`<button open-type="${textOf(value)}"> is not supported by this phone`);
        },
      };
    },
  },
  {
    tag: 'navigator',
    properties: {
      target: 'self',
      url: '',
      openType: 'navigate',
      delta: 1,
      appId: '',
      path: '',
      extraData: null,
      version: 'release',
      shortLink: '',
      hoverClass: 'navigator-hover',
    },
    attach: (node) => {
      node.element.setAttribute('role', 'link');
      node.element.tabIndex = 0;
      node.on('tap', () => {
        const delta = node.get('delta');
        tools.navigate(textOf(node.get('openType')), {
          url: textOf(node.get('url')),
          delta: typeof delta === 'number' ? delta : 1,
        });
      });
      return undefined;
    },
  },
];
