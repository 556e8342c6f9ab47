import { ANSWER_GRACE_MS, ASK_LIFE_MS, SETTLE_MS } from '../../../cloudfunctions/_core/asks/ask';
import { createOpenAsk } from '../../../cloudfunctions/_core/asks/open-ask';
import { REPEAT_MS } from '../../../cloudfunctions/_core/card/identity';
import {
  agreed,
  ask,
  consent,
  createAskWorld,
  laterAskPorts,
  phoneOf,
  pickup,
  standingOf,
  type AskWorld,
  type AskWorldPorts,
} from '../../support/ask-world';
import { failing, InjectedFault, type FaultPlan } from '../../support/asynchronous';
import { valueOf } from '../../support/enrolment-steps';
import { bank } from '../../support/institution-world';

/** Every place where a call can fail, once before and once after its work. @param run what is tried, over ports that may fail */
const everyPlace = async (
  make: () => Promise<{ readonly world: AskWorld; readonly run: (ports: AskWorldPorts) => Promise<unknown> }>,
): Promise<readonly FaultPlan[]> => {
  const { world, run } = await make();
  const unfailing = failing(world.ports, laterAskPorts, null);
  await run(unfailing.ports);
  const places = Array.from({ length: unfailing.calls() }, (_, at) => at + 1);
  return places.flatMap((at) => (['before', 'after'] as const).map((when) => ({ at, when })));
};

const interrupted = async (world: AskWorld, plan: FaultPlan, run: (ports: AskWorldPorts) => Promise<unknown>) => {
  await expect(run(failing(world.ports, laterAskPorts, plan).ports)).rejects.toThrow(InjectedFault);
};

describe('an answer that is interrupted, wherever', () => {
  const make = async () => {
    const world = createAskWorld();
    const { session, code } = await agreed(world);
    const made = code();
    return { world, session, run: (ports: AskWorldPorts) => phoneOf(ports).answer(session, made) };
  };

  it('is finished by the same answer: told once, and told to the institution', async () => {
    const plans = await everyPlace(make);
    expect(plans.length).toBeGreaterThan(10);
    for (const plan of plans) {
      const { world, session, run } = await make();
      await interrupted(world, plan, run);
      const at = world.clock.now();
      world.clock.advance(REPEAT_MS / 4);
      world.useUp(bank.partner.id, 'train-ticket');
      valueOf(await run(world.ports));
      const standing = await standingOf(world, session);
      const [event, ...more] = world.events.ofKind('card_checked');
      expect(more).toEqual([]);
      expect(standing).toMatchObject({ kind: 'answered', at: event?.at, release: { answer: { eventId: event?.id } } });
      expect(event?.at === at || event?.at === world.clock.now()).toBe(true);
    }
  });

  /** Interrupted after the redemption and before the ask knows of it. */
  const redeemedAlone = async (world: AskWorld, run: (ports: AskWorldPorts) => Promise<unknown>): Promise<void> => {
    const answerSession = () => Promise.reject(new InjectedFault());
    await expect(run({ ...world.ports, answerSession })).rejects.toThrow(InjectedFault);
    expect(world.events.ofKind('card_checked')).toHaveLength(1);
  };

  it('is finished also where the day’s checks were used up by it', async () => {
    const { world, session, run } = await make();
    await redeemedAlone(world, run);
    world.useUp(bank.partner.id, 'parcel-pickup');
    valueOf(await run(world.ports));
    expect((await standingOf(world, session)).kind).toBe('answered');
  });

  /** An ask that its holder has agreed to so many milliseconds before its end. */
  const agreedBeforeEnd = async (left: number) => {
    const world = createAskWorld();
    const { session } = await ask(world);
    world.clock.advance(ASK_LIFE_MS - left);
    valueOf(await phoneOf(world.ports).claim(session));
    const made = (await consent(world, session))();
    return { world, session, run: (ports: AskWorldPorts) => phoneOf(ports).answer(session, made) };
  };

  it('counts as given in time where the code was redeemed in time, and can still be fetched', async () => {
    const { world, session, run } = await agreedBeforeEnd(10_000);
    await redeemedAlone(world, run);
    const answeredAt = world.clock.now();
    world.clock.advance(10_000 + ANSWER_GRACE_MS - 1);
    expect(await standingOf(world, session)).toEqual({ kind: 'waiting', isClaimed: true });
    expect(valueOf(await run(world.ports))).toEqual({ ok: true, answeredAt });
    expect(await standingOf(world, session)).toMatchObject({ kind: 'answered', at: answeredAt });
  });

  it('is told to nobody where the institution may soon hear that the ask is over, and the phone hears that it is', async () => {
    const { world, session, run } = await agreedBeforeEnd(10_000);
    await redeemedAlone(world, run);
    world.clock.advance(10_000 + ANSWER_GRACE_MS);
    expect(await run(world.ports)).toEqual({ ok: false, error: { code: 'ask_over' } });
    expect(await standingOf(world, session)).toEqual({ kind: 'waiting', isClaimed: true });
    world.clock.advance(SETTLE_MS - ANSWER_GRACE_MS);
    expect(await standingOf(world, session)).toEqual({ kind: 'over' });
  });

  it('is awaited while it is being written, however slow the calls are that began in time', async () => {
    const { world, session, run } = await agreedBeforeEnd(1);
    const answeredAt = world.clock.now();
    const polled: string[] = [];
    const slow = async <Value>(call: () => Promise<Value>): Promise<Value> => {
      world.clock.advance(ANSWER_GRACE_MS / 4);
      polled.push((await standingOf(world, session)).kind);
      return call();
    };
    const said = await run({
      ...world.ports,
      loadUsedQuotas: (partner) => slow(() => world.ports.loadUsedQuotas(partner)),
      replaceIdentity: (prior, next) => slow(() => world.ports.replaceIdentity(prior, next)),
      answerSession: (...given) => slow(() => world.ports.answerSession(...given)),
    });
    expect(valueOf(said)).toEqual({ ok: true, answeredAt });
    expect(polled).toEqual(['waiting', 'waiting', 'waiting']);
    expect(await standingOf(world, session)).toMatchObject({ kind: 'answered', at: answeredAt });
    expect(world.events.ofKind('card_checked')).toMatchObject([{ at: answeredAt }]);
  });

  it('is over for good a minute later: what was redeemed is not told to anybody', async () => {
    const { world, session, run } = await make();
    await redeemedAlone(world, run);
    world.clock.advance(REPEAT_MS);
    expect(await run(world.ports)).toEqual({ ok: false, error: { code: 'code_already_used' } });
    expect(await standingOf(world, session)).toEqual({ kind: 'waiting', isClaimed: true });
    world.clock.advance(ASK_LIFE_MS);
    expect(await run(world.ports)).toEqual({ ok: false, error: { code: 'ask_over' } });
  });
});

it('a word against an ask that is interrupted, wherever, is finished by the same word', async () => {
  const make = async () => {
    const world = createAskWorld();
    const { session, code } = await agreed(world);
    return { world, session, made: code(), run: (ports: AskWorldPorts) => phoneOf(ports).decline(session) };
  };
  for (const plan of await everyPlace(make)) {
    const { world, session, made, run } = await make();
    await interrupted(world, plan, run);
    valueOf(await run(world.ports));
    expect(await standingOf(world, session)).toEqual({ kind: 'declined' });
    expect((await phoneOf(world.ports).answer(session, made)).ok).toBe(false);
    expect(world.events.ofKind('card_checked')).toEqual([]);
  }
});

it('an ask by a number that is interrupted, wherever, leaves the number free or leading to a session that is there', async () => {
  const make = async () => {
    const world = createAskWorld();
    const number = await phoneOf(world.ports).makeNumber();
    const order = { ...pickup, way: { kind: 'number', number } as const };
    return { world, number, run: (ports: AskWorldPorts) => createOpenAsk(ports)(bank, order) };
  };
  for (const plan of await everyPlace(make)) {
    const { world, number, run } = await make();
    await interrupted(world, plan, run);
    const again = valueOf(await run(world.ports));
    const found = await phoneOf(world.ports).find(number);
    const handles = world.sessions().map(({ handle }) => handle);
    expect(handles).toContain(found);
    expect(handles).toContain(again.session);
    valueOf(await phoneOf(world.ports).claim(found ?? ''));
  }
});
