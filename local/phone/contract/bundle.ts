/** What the bundler makes of a mini-program's files and the host runs: one script that sets `globalThis.phoneBundle`. */
export interface PhoneBundle {
  /** `app.json`. Values of `theme.json` (`@name`) are not yet resolved: the theme may change while it runs. */
  readonly app: AppConfig;
  /** `theme.json`, or null where the app has none. */
  readonly theme: Readonly<Record<'light' | 'dark', Readonly<Record<string, string>>>> | null;
  /** Every page, those of subpackages included, as paths below the mini-program's root, in the order of `app.json`. */
  readonly pages: readonly string[];
  /** Module of `App()`. */
  readonly appEntry: string;
  /** Pages and components, by path without extension (`pages/home/home`, `miniprogram_npm/tdesign-miniprogram/button/button`). */
  readonly components: Readonly<Record<string, BundledComponent>>;
  /** Modules by path with extension. */
  readonly modules: Readonly<Record<string, BundledModule>>;
  /** Style sheets ready for the browser, by component path; `app` is that of `app.wxss`. */
  readonly styles: Readonly<Record<string, string>>;
  /** What `TmplGroup.getTmplGenObjectGroups()` evaluates to: the group list, and each template under its path. */
  readonly templates: Readonly<Record<string, unknown>>;
}

/** The parts of `app.json` that the host reads. */
export interface AppConfig {
  readonly window?: PageConfig;
  readonly darkmode?: boolean;
  readonly [key: string]: unknown;
}

/** The parts of a page's JSON that the host reads. */
export interface PageConfig {
  readonly navigationBarTitleText?: string;
  readonly navigationBarBackgroundColor?: string;
  readonly navigationBarTextStyle?: string;
  readonly navigationStyle?: 'default' | 'custom';
  readonly backgroundColor?: string;
  readonly disableScroll?: boolean;
  readonly enablePullDownRefresh?: boolean;
  readonly onReachBottomDistance?: number;
  readonly [key: string]: unknown;
}

export interface BundledComponent {
  /** Module that calls `Page()` or `Component()`. */
  readonly entry: string;
  /** Prefix of its classes where its styles are isolated. */
  readonly scope: string;
  /** Its JSON file, as it is. */
  readonly config: PageConfig;
  /** Tag to component path; those of `app.json` included. */
  readonly using: Readonly<Record<string, string>>;
  readonly isPage: boolean;
}

export interface BundledModule {
  readonly run: (require: (request: string) => unknown, module: { exports: unknown }, exports: unknown) => void;
  /** What each `require` in it names, resolved to a module's path. */
  readonly requires: Readonly<Record<string, string>>;
}

/** What came of bundling. A fault is for a developer's eyes: file, line, what is wrong. */
export type Bundled =
  | { readonly ok: true; readonly script: string; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly faults: readonly string[] };
