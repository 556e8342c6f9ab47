/** One of the page's views. */
export interface View {
  readonly title: string;
  /** What it shows; made once. */
  readonly element: HTMLElement;
  /** Asks the server anew. */
  readonly refresh: () => Promise<void>;
  /** Whether it is asked anew every other second while it is shown. */
  readonly isLive: boolean;
}

/** Runs what a view is asked for; whatever goes wrong is said to the user. */
export type Run = (work: () => Promise<void>) => void;
