import fc from 'fast-check';
import { validators } from '../../../protocol';
import {
  ASK_LOOKS,
  ASK_NUMBER_LIFE_MS,
  ASK_NUMBERS,
  findAsk,
  openAskNumber,
} from '../../../cloudfunctions/_core/asks/ask-number';
import { createOpenAsk, type AskOrder } from '../../../cloudfunctions/_core/asks/open-ask';
import { drawNumber } from '../../../cloudfunctions/_core/read-out-number';
import {
  ask,
  createAskWorld,
  laterAskPorts,
  other,
  phoneOf,
  pickup,
  standingOf,
  type AskWorldPorts,
} from '../../support/ask-world';
import { interleaved } from '../../support/asynchronous';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { bank, railway } from '../../support/institution-world';
import { holder, setCard } from '../../support/showing-world';
import { inStanding } from '../../support/stops';

const refused = (code: string) => ({ ok: false, error: { code } });
const byNumber = (number: string): AskOrder => ({ ...pickup, way: { kind: 'number', number } });

/** A number that leads nowhere. */
const wrongFor = (number: string): string => (number === '000000000' ? '000000001' : '000000000');

describe('a number that is read out', () => {
  it('brings the ask to the phone that made it, and to no other', async () => {
    const world = createAskWorld();
    const [mine, theirs] = [phoneOf(world.ports), phoneOf(world.ports, other)];
    const number = await mine.makeNumber();
    expect(number).toMatch(/^\d{9}$/);
    expect(await mine.find(number)).toBeNull();
    const { session } = await ask(world, byNumber(number));
    expect(await theirs.find(number)).toBeNull();
    expect(await mine.find(wrongFor(number))).toBeNull();
    expect(await mine.find(number)).toBe(session);
    valueOf(await mine.claim(session));
    expect(await standingOf(world, session)).toEqual({ kind: 'waiting', isClaimed: true });
  });

  it('is told in the form that phones expect, and is stored nowhere', async () => {
    const world = createAskWorld();
    const told = valueOf(await openAskNumber(world.ports, holder));
    expect(validators.OpenAskNumberReply(told)).toBe(true);
    expect(told.expiresAt - told.serverTime).toBe(ASK_NUMBER_LIFE_MS);
    await ask(world, byNumber(told.number));
    expect(JSON.stringify([world.numbers(), world.sessions()])).not.toContain(told.number);
  });

  it('serves once: whoever names it a second time waits in vain', async () => {
    const world = createAskWorld();
    const phone = phoneOf(world.ports);
    const number = await phone.makeNumber();
    const { session } = await ask(world, byNumber(number));
    const second = await ask(world, byNumber(number), railway);
    expect(await phone.find(number)).toBe(session);
    expect(await standingOf(world, second.session, railway)).toEqual({ kind: 'waiting', isClaimed: false });
  });

  it('serves five minutes; one that was named in time is found a moment later', async () => {
    const world = createAskWorld();
    const phone = phoneOf(world.ports);
    const number = await phone.makeNumber();
    world.clock.advance(ASK_NUMBER_LIFE_MS - 1);
    const { session } = await ask(world, byNumber(number));
    world.clock.advance(1);
    expect(await phone.find(number)).toBe(session);

    const late = await phone.makeNumber();
    world.clock.advance(ASK_NUMBER_LIFE_MS);
    await ask(world, byNumber(late));
    expect(await phone.find(late)).toBeNull();
  });

  it('ends with the next one of the same phone', async () => {
    const world = createAskWorld();
    const [phone, theirs] = [phoneOf(world.ports), phoneOf(world.ports, other)];
    const [first, kept] = [await phone.makeNumber(), await theirs.makeNumber()];
    const next = await phone.makeNumber();
    await ask(world, byNumber(first));
    expect(await phone.find(first)).toBeNull();
    const { session } = await ask(world, byNumber(next));
    expect(await phone.find(next)).toBe(session);
    await ask(world, byNumber(kept));
    expect(await theirs.find(kept)).not.toBeNull();
  });

  it('is the phone’s only one, of several that are asked for at once: the one that was written last', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 4 }), async (scheduler, times) => {
        const world = createAskWorld();
        const { makeNumber } = phoneOf(interleaved(world.ports, laterAskPorts, scheduler));
        const made = await scheduler.waitFor(Promise.all(Array.from({ length: times }, makeNumber)));
        expect(world.numbers()).toHaveLength(1);
        const phone = phoneOf(world.ports);
        const found: string[] = [];
        for (const number of made) {
          const { session } = await ask(world, byNumber(number));
          const led = await phone.find(number);
          if (led !== null) found.push(led);
          expect([session, null]).toContain(led);
        }
        expect(found).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });

  it('may be looked at far more often than a phone does that shows it, and not without end', async () => {
    const world = createAskWorld();
    const look = (account = holder) => findAsk(world.ports, account, { action: 'findAsk', number: '123456789' });
    // A phone looks every two seconds; three phones of one account look as well.
    const honest = (3 * ASK_LOOKS.windowMs) / 2000;
    for (let looked = 0; looked < honest; looked += 1) valueOf(await look());
    for (let looked = honest; looked < ASK_LOOKS.most; looked += 1) valueOf(await look());
    expect(await look()).toEqual(refused('too_many_requests'));
    valueOf(await look(other));
    world.clock.advance(ASK_LOOKS.windowMs);
    valueOf(await look());
  });

  it('is had so many times an hour, with a card that is valid', async () => {
    const world = createAskWorld();
    for (let made = 0; made < ASK_NUMBERS.most; made += 1) valueOf(await openAskNumber(world.ports, holder));
    expect(await openAskNumber(world.ports, holder)).toEqual(refused('too_many_requests'));
    valueOf(await openAskNumber(world.ports, other));
    world.clock.advance(ASK_NUMBERS.windowMs);
    valueOf(await openAskNumber(world.ports, holder));
    setCard(world, inStanding.suspended);
    expect(await openAskNumber(world.ports, holder)).toEqual(refused('card_not_active'));
    expect(await openAskNumber(world.ports, accountOf(9))).toEqual(refused('not_found'));
  });

  it('is drawn again where it is in use, and given up where all are', async () => {
    const world = createAskWorld();
    const drawing = (...bytes: readonly number[]): AskWorldPorts => {
      const left = [...bytes];
      return { ...world.ports, randomBytes: (length) => new Uint8Array(length).fill(left.shift() ?? 1) };
    };
    const { number } = valueOf(await openAskNumber(drawing(1), holder));
    expect(valueOf(await openAskNumber(drawing(1, 2), other)).number).not.toBe(number);
    expect(await openAskNumber(drawing(1, 1, 1, 1, 1), other)).toEqual(refused('wrong_step'));
    world.clock.advance(ASK_NUMBER_LIFE_MS);
    // It is over, and its place is free for whoever draws it.
    expect(valueOf(await openAskNumber(drawing(1), other)).number).toBe(number);
    const { session } = await ask(world, byNumber(number));
    expect(await phoneOf(world.ports).find(number)).toBeNull();
    expect(await phoneOf(world.ports, other).find(number)).toBe(session);
  });
});

describe('whether a number is right', () => {
  /** The ports, and the names of all that an ask has called. */
  const listening = (ports: AskWorldPorts) => {
    const called: string[] = [];
    const listened = Object.entries(ports).map(([name, port]: [string, unknown]) => [
      name,
      typeof port === 'function'
        ? (...given: readonly unknown[]) => {
            called.push(name);
            return (port as (...given: readonly unknown[]) => unknown)(...given);
          }
        : port,
    ]);
    return { called, ports: Object.fromEntries(listened) as AskWorldPorts };
  };

  it('shows in no answer and in no step: right, wrong, used and over are asked alike', async () => {
    const world = createAskWorld();
    const phone = phoneOf(world.ports);
    const over = await phoneOf(world.ports, other).makeNumber();
    world.clock.advance(ASK_NUMBER_LIFE_MS);
    const right = await phone.makeNumber();
    const asked = await Promise.all(
      [right, right, over, wrongFor(right)].map(async (number) => {
        const { called, ports } = listening(world.ports);
        const {
          session: _random,
          code: _same,
          bindingMessage,
          ...told
        } = valueOf(await createOpenAsk(ports)(bank, byNumber(number)));
        return { called, told, form: bindingMessage.replace(/\d/g, '0') };
      }),
    );
    expect(new Set(asked.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(asked[0]?.called).toContain('takeAskNumber');
  });

  it('is decided once, of two asks at the same time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const world = createAskWorld();
        const phone = phoneOf(world.ports);
        const number = await phone.makeNumber();
        const openAsk = createOpenAsk(interleaved(world.ports, laterAskPorts, scheduler));
        const opened = await scheduler.waitFor(
          Promise.all([bank, railway].map((caller) => openAsk(caller, byNumber(number)))),
        );
        const sessions = opened.map((one) => valueOf(one).session);
        const found = await phone.find(number);
        expect(sessions).toContain(found);
        expect(world.sessions()).toHaveLength(2);
      }),
      { numRuns: 60 },
    );
  });
});

describe('drawing a number', () => {
  it('is the rest of the random bytes by the count of numbers, with as many digits as are asked for', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), fc.integer({ min: 1, max: 9 }), (bytes, digits) => {
        const value = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n) % 10n ** BigInt(digits);
        expect(drawNumber(bytes, digits)).toBe(String(value).padStart(digits, '0'));
      }),
    );
    expect(drawNumber(new Uint8Array(8).fill(255))).toHaveLength(8);
  });
});
