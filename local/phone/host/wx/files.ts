import type { Device } from '../device';
import { phoneWords } from '../overlays/words';
import { answer, required, WxFailure } from './convention';
import { chooseOne } from './dialogs';
import type { OptionOf } from './official';

/** Where a mini-program may write. */
const FOLDER = 'wxfile://usr';
/** WeChat's limit of what it may keep there, in bytes. */
const MOST = 200 * 1024 * 1024;

/** What the file manager tells beside `errMsg` where it did as it was told. */
const DONE = { errCode: 0 };

const nameIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const download = (content: Blob, name: string): void => {
  const url = URL.createObjectURL(content);
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  URL.revokeObjectURL(url);
};

const atOnce = (call: string, work: () => void): void => {
  try {
    work();
  } catch (error) {
    throw error instanceof WxFailure ? new Error(`${call}:fail ${error.message}`) : error;
  }
};

/** The mini-program's own files, for one run of it, and how one is handed over: WeChat sends it to a chat, here it is downloaded. */
export const createFileApi = (device: Device) => {
  const files = new Map<string, Blob>();
  const sizeBut = (path: string): number =>
    [...files].reduce((sum, [other, { size }]) => (other === path ? sum : sum + size), 0);
  const found = (path: string): Blob => {
    const file = files.get(path);
    if (!file) throw new WxFailure(`no such file or directory, open ${path}`);
    return file;
  };
  const write = (path: string, data: string | ArrayBuffer): void => {
    if (!path.startsWith(`${FOLDER}/`)) throw new WxFailure(`permission denied, open ${path}`);
    const content = new Blob([data]);
    if (sizeBut(path) + content.size > MOST) {
      throw new WxFailure('the maximum size of the file storage limit is exceeded');
    }
    files.set(path, content);
  };
  const remove = (path: string): void => {
    found(path);
    files.delete(path);
  };
  return {
    env: { USER_DATA_PATH: FOLDER },
    getFileSystemManager: () => ({
      writeFile: (option: OptionOf<'writeFile'>) =>
        answer('writeFile', option, () => {
          write(option.filePath, option.data);
          return DONE;
        }),
      // What is done at once throws an Error with WeChat's text.
      writeFileSync: (path: string, data: string): void => {
        atOnce('writeFileSync', () => write(path, data));
      },
      unlinkSync: (path: string): void => {
        atOnce('unlinkSync', () => remove(path));
      },
      unlink: (option: OptionOf<'unlink'>) =>
        answer('unlink', option, () => {
          remove(option.filePath);
          return DONE;
        }),
    }),
    shareFileMessage: (option: OptionOf<'shareFileMessage'>) =>
      answer('shareFileMessage', option, async () => {
        required({ ...option }, 'filePath', 'string');
        const content = found(option.filePath);
        const name = option.fileName ?? nameIn(option.filePath);
        await chooseOne(device, [phoneWords(device).saveFile], name);
        download(content, name);
        return {};
      }),
  };
};
