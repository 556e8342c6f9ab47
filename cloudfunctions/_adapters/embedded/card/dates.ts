/** A date as `YYYY-MM-DD`, or null when there is no such day. */
export function isoDate(year: string, month: string, day: string): string | null {
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== iso ? null : iso;
}

/**
 * The date of birth in print like `1979年8月17日`, of which 年 and 月 may be lost as long as one way only remains to read it.
 *
 * @returns `YYYY-MM-DD` or null
 */
export function birthDate(print: string): string | null {
  const full = /(\d{4})年(\d{1,2})月(\d{1,2})(?!\d)/.exec(print);
  if (full !== null) return isoDate(full[1] ?? '', full[2] ?? '', full[3] ?? '');
  const dates = new Set<string>();
  for (const split of [/(\d{4})年?(\d)月?(\d{1,2})日?$/, /(\d{4})年?(\d{2})月?(\d{1,2})日?$/]) {
    const match = split.exec(print);
    const date = match === null ? null : isoDate(match[1] ?? '', match[2] ?? '', match[3] ?? '');
    if (date !== null && match?.index === 0) dates.add(date);
  }
  const [only] = dates;
  return dates.size === 1 && only !== undefined ? only : null;
}

/** The two ends of print like `2017.10.22-2037.10.22` or `2017.10.22-长期`. @returns `长期` as it stands; null when it is no such print */
export function validity(print: string): { from: string; to: string } | null {
  const match = /(\d{4})\.?(\d{2})\.?(\d{2})[-—.]*(?:(长期?|期)|(\d{4})\.?(\d{2})\.?(\d{2}))/.exec(print);
  if (match === null) return null;
  const [, y1 = '', m1 = '', d1 = '', unlimited, y2 = '', m2 = '', d2 = ''] = match;
  const from = isoDate(y1, m1, d1);
  const to = unlimited === undefined ? isoDate(y2, m2, d2) : '长期';
  return from === null || to === null ? null : { from, to };
}
