import { base64urlDecode, concatBytes } from '../protocol';
import { forgetPicture, rememberPicture } from '../platform/pictures';
import type { Called } from './call';
import { openPicture } from './operator';

/** The pictures of a case that a reviewer has open: in the phone's memory alone, and only while their page is. */
export interface ReviewPictures {
  /** Opens one, which leaves an entry. @returns an address for the screen */
  readonly open: (picture: number) => Promise<Called<string>>;
  /** Forgets all of them; what is still on its way is not kept either. */
  readonly forget: () => void;
}

const bytesOf = (base64: string): Uint8Array =>
  base64urlDecode(base64.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')) ?? new Uint8Array();

/** The pictures of one case. */
export const reviewPictures = (id: string): ReviewPictures => {
  const addresses: string[] = [];
  let isOver = false;
  return {
    open: async (picture) => {
      const parts: Uint8Array[] = [];
      for (let count = 1; parts.length < count;) {
        const called = await openPicture({ case: id, picture, part: parts.length });
        if (!called.ok) return called;
        parts.push(bytesOf(called.reply.bytes));
        count = called.reply.parts;
      }
      if (isOver) return { ok: true, reply: '' };
      const address = rememberPicture(concatBytes(...parts));
      addresses.push(address);
      return { ok: true, reply: address };
    },
    forget: () => {
      isOver = true;
      addresses.splice(0).forEach(forgetPicture);
    },
  };
};
