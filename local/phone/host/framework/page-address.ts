/** A page with its query, as `wx.navigateTo` names it. */
export interface PageAddress {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

/** Reads `/pages/a/a?x=1`; a relative one is below the folder of the page that names it. */
export const readAddress = (url: string, from: string): PageAddress => {
  const [path = '', query = ''] = url.split('?', 2);
  const absolute = new URL(path, `http://page/${from}`).pathname.slice(1);
  return { path: absolute, query: Object.fromEntries(new URLSearchParams(query)) };
};

/** The address as the frame's own address shows it. */
export const writeAddress = ({ path, query }: PageAddress): string => {
  const search = new URLSearchParams(query).toString();
  return search === '' ? path : `${path}?${search}`;
};
