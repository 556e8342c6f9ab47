import { said } from '../wire/partner-parts';

/** The most characters that a business may use for each thing that it says of itself. */
export const statedLengths = { name: 60, address: 120, why: 200, terminal: 40 } as const;

const form = new RegExp(said(statedLengths.why).pattern, 'u');

/** Whether names, addresses and reasons may be written so; how long they may be is another question. */
export const isStated = (text: string): boolean => form.test(text);
