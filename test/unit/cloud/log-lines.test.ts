import { PassThrough } from 'node:stream';
import { lineCutter, logBuffer, readLines, type FunctionLogLine } from '../../../local/cloud/functions/log-lines';
import { REQUEST_MARK } from '../../../local/cloud/functions/messages';

const read = async (...chunks: (string | Buffer)[]): Promise<FunctionLogLine[]> => {
  const input = new PassThrough();
  const lines: FunctionLogLine[] = [];
  readLines(
    input,
    { function: 'f', stream: 'stdout' },
    (line) => lines.push(line),
    () => 7,
  );
  for (const chunk of chunks) input.write(chunk);
  input.end();
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  return lines;
};

describe('lines', () => {
  it('belong to the request whose mark came last, wherever the chunks end', async () => {
    const text = `loading\n${REQUEST_MARK}r1\none\npartial ${REQUEST_MARK}r2\ntwo\nlast`;
    const whole = await read(text);
    expect(whole.map(({ requestId, line }) => [requestId, line])).toEqual([
      ['', 'loading'],
      ['r1', 'one'],
      ['r1', 'partial '],
      ['r2', 'two'],
      ['r2', 'last'],
    ]);
    const split = await read(...Array.from(text));
    expect(split.map(({ requestId, line }) => [requestId, line])).toEqual(
      whole.map(({ requestId, line }) => [requestId, line]),
    );
  });

  it('bear the time that the clock tells', async () => {
    expect((await read('one\ntwo\n')).map(({ at }) => at)).toEqual([7, 7]);
  });

  it('keep characters that two chunks share', async () => {
    const bytes = Buffer.from('身份\n');
    expect((await read(bytes.subarray(0, 2), bytes.subarray(2))).map(({ line }) => line)).toEqual(['身份']);
  });

  it('are cut when they are very long', async () => {
    const [line] = await read(`${'x'.repeat(100_000)}\n`);
    expect(line?.line).toHaveLength(16 * 1024);
  });
});

it('of a line without end the beginning alone is held, and a mark after it still counts', async () => {
  const cut: string[] = [];
  const cutter = lineCutter((line) => cut.push(line));
  const part = 'x'.repeat(100_000);
  for (let n = 0; n < 20; n += 1) {
    cutter.write(part);
    expect(cutter.held()).toBeLessThanOrEqual(32 * 1024);
  }
  expect(cut).toEqual([]);
  for (const length of [5000, 16_380, 16_384, 40_000, 70_000]) {
    const flood = Array.from({ length: Math.ceil(length / 1000) }, () => 'x'.repeat(1000))
      .join('')
      .slice(0, length);
    const marked = `${flood}${REQUEST_MARK}r1`;
    // Between two parts of the line, within the mark, and within its request.
    for (const at of [length, length + 4, marked.length - 1]) {
      const [before, after] = await read(marked.slice(0, at), `${marked.slice(at)}\nafter\n`);
      expect([before?.line.length, after?.requestId, after?.line]).toEqual([
        Math.min(length, 16 * 1024),
        'r1',
        'after',
      ]);
    }
  }
});

describe('the buffer', () => {
  const line = (text: string): FunctionLogLine => ({
    at: 0,
    function: 'f',
    requestId: 'r',
    stream: 'stdout',
    line: text,
  });

  it('keeps the last thousand and gives what is new', () => {
    const buffer = logBuffer();
    expect(buffer.since(0)).toEqual({ next: 0, lines: [] });
    for (let n = 1; n <= 1500; n += 1) buffer.add(line(String(n)));
    expect(buffer.since(0).lines).toHaveLength(1000);
    expect(buffer.since(0).lines[0]?.line).toBe('501');
    expect(buffer.since(1498)).toEqual({ next: 1500, lines: [line('1499'), line('1500')] });
    expect(buffer.since(1500).lines).toEqual([]);
    expect(buffer.since(9999).lines).toEqual([]);
  });

  it('gives the lines of one call, and what the platform says of it at the end', () => {
    const buffer = logBuffer();
    const report = { ...line('report'), stream: 'platform' } as const;
    for (const one of [line('1'), { ...line('x'), requestId: 'other' }, report, line('2')]) buffer.add(one);
    expect(buffer.of('r')).toEqual([line('1'), line('2'), report]);
    expect(buffer.of('nobody')).toEqual([]);
  });
});
