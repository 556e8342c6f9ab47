const HEX_ID = /^[0-9a-f]{32}$/;

/** An id as a list shows it: enough to tell two apart, never enough to act on. A name in words stays whole. */
export const shortReference = (id: string): string => (HEX_ID.test(id) ? `${id.slice(0, 8)}…` : id);

/** An id in groups, as two people compare it aloud. */
export const groupedReference = (id: string): string => (HEX_ID.test(id) ? id.replace(/(.{4})(?=.)/g, '$1 ') : id);

/** What somebody typed or pasted as an id of 32 digits, groups and capitals included; null where it is none. */
export const readHexReference = (typed: string): string | null => {
  const id = typed.replace(/\s/g, '').toLowerCase();
  return HEX_ID.test(id) ? id : null;
};

/** The same for a partner's id, which may be words. */
export const readPartnerReference = (typed: string): string | null => {
  const id = typed.replace(/\s/g, '').toLowerCase();
  return /^[a-z0-9][a-z0-9-]{0,39}$/.test(id) ? id : null;
};
