/** What functions that run inside of a page use of it: tests are compiled without a browser's types. */
export interface ScreenElement {
  readonly tagName: string;
  readonly className: unknown;
  readonly textContent: string | null;
  readonly offsetParent: object | null;
  readonly clientWidth: number;
  readonly clientHeight: number;
  readonly scrollWidth: number;
  readonly scrollHeight: number;
  readonly getAttribute: (name: string) => string | null;
  readonly matches: (selector: string) => boolean;
  readonly closest: (selector: string) => ScreenElement | null;
  readonly checkVisibility: (options: { readonly visibilityProperty: boolean }) => boolean;
  readonly getBoundingClientRect: () => { readonly left: number; readonly right: number; readonly width: number };
}

export interface ScreenDocument {
  readonly documentElement: ScreenElement;
  readonly activeElement: ScreenElement | null;
  readonly querySelectorAll: (selector: string) => Iterable<ScreenElement>;
  readonly getAnimations: () => readonly {
    readonly transitionProperty?: string;
    readonly finish: () => void;
  }[];
}

export type ComputedStyles = (element: ScreenElement) => {
  readonly overflowX: string;
  readonly outlineStyle: string;
  readonly outlineWidth: string;
};
