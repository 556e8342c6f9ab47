import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import type { Ecosystem } from '../../ecosystem/ecosystem';
import type { Partners } from '../../partners';
import { peopleAddresses, replyPicture } from './people';
import { createCloudProxy } from './cloud-proxy';
import { createLive, type Told } from './live';
import { openMiniProgram } from './mini-program';
import { createOwnCardEntry } from './own-card';
import { replyFile, replyText } from './reply';

const root = resolve(__dirname, '../../..');

type PartnerPages = Pick<Partners, 'bank' | 'railway'>;

export interface StageOptions {
  readonly ecosystem: Pick<Ecosystem, 'cloud' | 'authority'>;
  /** Where the sample partners' own servers are; null where none run. */
  readonly partners: PartnerPages | null;
  /** 0: any free one. */
  readonly port: number;
  /** Folder of the mini-program: its sources, or what WeChat's compiler made of them. */
  readonly miniProgram: string;
  /** Rebuild and reload when a file of it is saved. */
  readonly watch: boolean;
}

export interface Stage {
  readonly url: string;
  /** Tells every open page. */
  readonly tell: (told: Told) => void;
  readonly close: () => Promise<void>;
}

/** Only this machine's own names: a page of a stranger that resolves its name to 127.0.0.1 is not answered. */
const isOwnHost = (host: string | undefined): boolean => /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host ?? '');

/** Pages of strangers may be open in the same browser: what they ask for is not answered either. */
const isOwnOrigin = ({ origin, host }: IncomingMessage['headers']): boolean =>
  origin === undefined || origin === `http://${host ?? ''}`;

const readPath = (pathname: string): string | null => {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
};

/** The faults of a mini-program that does not build, where its phone would run. */
const faultScript = (faults: readonly string[]): string =>
  `document.body.innerHTML = '<pre style="white-space:pre-wrap;padding:16px;color:#b3261e;background:#fff;height:100%;margin:0"></pre>';
document.querySelector('pre').textContent = ${JSON.stringify(`The mini-program does not build:\n\n${faults.join('\n\n')}`)};
throw new Error('the mini-program does not build');`;

/** Starts the server of the page with the phones. @throws Error with code EADDRINUSE where the port is taken */
export const startStage = async ({
  ecosystem,
  partners,
  port,
  miniProgram: folder,
  watch,
}: StageOptions): Promise<Stage> => {
  const live = createLive();
  const miniProgram = openMiniProgram(
    folder,
    watch ? (bundled) => live.tell(bundled.ok ? { kind: 'reload' } : { kind: 'faults', faults: bundled.faults }) : null,
  );
  let isStrict = false;
  const toCloud = createCloudProxy(
    ecosystem.cloud.url,
    createOwnCardEntry(ecosystem.authority, () => isStrict),
  );

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isOwnHost(request.headers.host) || !isOwnOrigin(request.headers)) {
      replyText(response, 421, 'txt', 'This server answers its own pages alone.\n');
      return;
    }
    const { pathname, search } = new URL(request.url ?? '/', 'http://stage');
    const path = readPath(pathname);
    if (path === null) {
      replyText(response, 400, 'txt', 'The path is not encoded as a path.\n');
      return;
    }
    if (path === '/phone/bundle.js') {
      const bundled = await miniProgram.current();
      replyText(response, 200, 'js', bundled.ok ? bundled.script : faultScript(bundled.faults));
    } else if (path === '/phone/') replyFile(response, resolve(root, 'dist/local/phone'), 'index.html');
    else if (path.startsWith('/phone/files/')) replyFile(response, folder, path.slice('/phone/files/'.length));
    else if (path.startsWith('/phone/'))
      replyFile(response, resolve(root, 'dist/local/phone'), path.slice('/phone/'.length));
    else if (path.startsWith('/cloud/')) await toCloud(request, response, pathname.slice('/cloud'.length) + search);
    else if (path === '/people.json') replyText(response, 200, 'json', JSON.stringify(peopleAddresses()));
    else if (path === '/partners.json') replyText(response, 200, 'json', JSON.stringify(partners));
    else if (path.startsWith('/people/')) replyPicture(response, path);
    else if (path === '/events') live.join(response);
    else if (path === '/strict' && request.method === 'POST') {
      isStrict = search === '?on';
      replyText(response, 200, 'json', JSON.stringify({ isStrict }));
    } else replyFile(response, resolve(root, 'dist/local/stage'), path === '/' ? 'index.html' : path.slice(1));
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      replyText(response, 500, 'txt', `${error instanceof Error ? error.message : String(error)}\n`);
    });
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', listening);
  }).catch((error: unknown) => {
    miniProgram.close();
    throw error;
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${String(address.port)}`,
    tell: live.tell,
    close: async () => {
      miniProgram.close();
      live.close();
      server.closeAllConnections();
      await new Promise<void>((closed) => {
        server.close(() => closed());
      });
    },
  };
};
