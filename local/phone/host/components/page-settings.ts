import { textOf, type BuiltIn } from './built-in';

/** What a page's template may say of its page. */
export interface PageSettings {
  readonly title: (element: HTMLElement, title: string) => void;
  readonly colours: (element: HTMLElement, colours: { readonly front?: string; readonly back?: string }) => void;
  readonly style: (element: HTMLElement, style: string) => void;
}

/** `<page-meta>` and `<navigation-bar>`: they show nothing and set what is around the page. */
export const pageSettings = (settings: PageSettings): readonly BuiltIn[] => [
  {
    tag: 'page-meta',
    properties: {
      backgroundTextStyle: '',
      backgroundColor: '',
      backgroundColorTop: '',
      backgroundColorBottom: '',
      rootBackgroundColor: '',
      scrollTop: '',
      scrollDuration: 300,
      pageStyle: '',
      rootFontSize: '',
      pageOrientation: '',
    },
    attach: ({ element }) => ({
      update: (property, value) => {
        if (property === 'pageStyle') settings.style(element, textOf(value));
      },
    }),
  },
  {
    tag: 'navigation-bar',
    properties: {
      title: '',
      loading: false,
      frontColor: '',
      backgroundColor: '',
      colorAnimationDuration: 0,
      colorAnimationTimingFunc: 'linear',
    },
    attach: ({ element }) => ({
      update: (property, value) => {
        const text = textOf(value);
        if (text === '') return;
        if (property === 'title') settings.title(element, text);
        if (property === 'frontColor') settings.colours(element, { front: text });
        if (property === 'backgroundColor') settings.colours(element, { back: text });
      },
    }),
  },
];
