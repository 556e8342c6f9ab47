import { outcome, type ParityCase } from '../parity-case';

const bytes = Buffer.from('parity');

export const fileCases: readonly ParityCase[] = [
  {
    area: 'storage',
    name: 'takes a file, gives it back, and forgets it',
    evidence: 'vendor’s tests',
    run: async ({ app, mark }) => {
      const uploaded = await app.uploadFile({ cloudPath: `parity/${mark}.txt`, fileContent: bytes });
      const { fileID } = uploaded;
      const linked = await app.getTempFileURL({ fileList: [fileID] });
      const fetched = await fetch(linked.fileList[0]?.tempFileURL ?? '');
      return [
        uploaded,
        linked,
        [fetched.status, await fetched.text()],
        await app.downloadFile({ fileID }),
        await app.deleteFile({ fileList: [fileID] }),
        await outcome(app.downloadFile({ fileID })),
      ];
    },
  },
  {
    area: 'storage',
    name: 'answers for each of several files, also for one that is not there',
    evidence: 'vendor’s tests',
    run: async ({ app, mark }) => {
      const { fileID } = await app.uploadFile({ cloudPath: `parity/${mark}-one.txt`, fileContent: bytes });
      const missing = fileID.replace('-one', '-none');
      return [
        await app.getTempFileURL({ fileList: [fileID, missing] }),
        await app.deleteFile({ fileList: [fileID, missing] }),
      ];
    },
  },
];

export const functionCases: readonly ParityCase[] = [
  {
    area: 'functions',
    name: 'gives a function’s answer',
    evidence: 'vendor’s tests',
    run: ({ app }) => app.callFunction({ name: 'parity_echo', data: { text: 'hello', n: 1, list: [null] } }),
  },
  {
    area: 'functions',
    name: 'refuses a function that does not exist',
    evidence: 'vendor’s tests',
    run: ({ app }) => outcome(app.callFunction({ name: 'parity_nowhere', data: {} })),
  },
  {
    area: 'functions',
    name: 'refuses where the function throws',
    evidence: 'public reports',
    run: ({ app }) => outcome(app.callFunction({ name: 'parity_echo', data: { fail: true } })),
  },
];
