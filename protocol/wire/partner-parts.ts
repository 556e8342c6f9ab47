import { staffRoles } from '../partners/roles';

/** Letters and digits first, then what names and addresses need besides; nothing that a spreadsheet or a path could take for its own. */
export const said = <const Max extends number>(maxLength: Max) =>
  ({
    type: 'string',
    pattern: "^[0-9A-Za-zÀ-ÿ\\u4e00-\\u9fff][0-9A-Za-zÀ-ÿ\\u4e00-\\u9fff ·()（）,，。&'#-]*$",
    minLength: 1,
    maxLength,
  }) as const;

export const role = { type: 'string', enum: staffRoles } as const;

/** Of a partner or a shop: the samples' ids are words, those of all others 32 hexadecimal digits. */
export const partnerId = { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,39}$', maxLength: 40 } as const;
export const terminal = said(40);
