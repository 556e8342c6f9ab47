import { offer, WxFailure } from './fake-wx';

/** The files that a mini-program wrote on a phone, and how the user answers when one is to be sent. */
export interface FakeFiles {
  readonly written: Map<string, string>;
  /** Names under which files were sent. */
  readonly sent: string[];
  answer: 'done' | 'cancel' | 'broken';
  /** Whether the phone takes no file. */
  isFull: boolean;
}

/** Gives a phone files. */
export const giveFiles = (): FakeFiles => {
  const files: FakeFiles = { written: new Map(), sent: [], answer: 'done', isFull: false };
  offer({
    env: { USER_DATA_PATH: 'wxfile://usr' },
    getFileSystemManager: () => ({
      writeFileSync: (path: string, text: string) => {
        if (files.isFull)
          throw new WxFailure('writeFileSync:fail the maximum size of the file storage limit is exceeded');
        files.written.set(path.replace('wxfile://usr/', ''), text);
      },
      unlinkSync: (path: string) => {
        if (!files.written.delete(path.replace('wxfile://usr/', '')))
          throw new WxFailure('unlinkSync:fail no such file');
      },
    }),
    shareFileMessage: ({ fileName }: { readonly fileName: string }) => {
      if (files.answer !== 'done') return Promise.reject(new WxFailure(`shareFileMessage:fail ${files.answer}`));
      files.sent.push(fileName);
      return Promise.resolve({ errMsg: 'shareFileMessage:ok' });
    },
  });
  return files;
};
