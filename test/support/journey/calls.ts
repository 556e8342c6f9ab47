import type { PhoneUser } from './phone-user';

/** Calls that do not go their usual way. */
export interface HeldCall {
  /** Lets them go it again. */
  readonly release: () => void;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

type FunctionName = 'holder' | 'operator' | 'verifier';

const addressOf = (name: FunctionName): string => `**/cloud/wx/call/${name}`;

/** Holds the next calls of a function until they are released: a screen that waits can be looked at. */
export const holdCalls = async ({ page }: PhoneUser, name: FunctionName): Promise<HeldCall> => {
  const gate: { open: () => void } = { open: () => undefined };
  const opened = new Promise<void>((resolve) => {
    gate.open = resolve;
  });
  await page.route(addressOf(name), async (route) => {
    await opened;
    await route.fallback();
  });
  return { release: () => gate.open() };
};

/** Says something instead of the service. @param real asks the service after all */
type Forger = (real: () => Promise<Readonly<Record<string, unknown>>>) => Promise<object> | object;

/** Forges answers to an action, of the holder's where no other function is named: the screens of states that no sample person comes to, such as a card that was revoked. */
export const forgeAnswers = async (
  { page }: PhoneUser,
  action: string,
  forger: Forger,
  name: FunctionName = 'holder',
): Promise<HeldCall> => {
  let isOver = false;
  await page.route(addressOf(name), async (route) => {
    const asked: unknown = JSON.parse(route.request().postData() ?? '');
    if (isOver || !isRecord(asked) || asked['action'] !== action) return route.fallback();
    const result = await forger(async () => {
      const said: unknown = await (await route.fetch()).json();
      return isRecord(said) && isRecord(said['result']) ? said['result'] : {};
    });
    return route.fulfill({ json: { result } });
  });
  return {
    release: () => {
      isOver = true;
    },
  };
};

/** Forges a published document, as the function `public` tells it. @param change of its JSON */
export const forgePublished = async (
  { page }: PhoneUser,
  path: string,
  change: (told: Readonly<Record<string, unknown>>) => object,
): Promise<HeldCall> => {
  let isOver = false;
  await page.route('**/cloud/wx/call/public', async (route) => {
    const asked: unknown = JSON.parse(route.request().postData() ?? '');
    if (isOver || !isRecord(asked) || asked['path'] !== path) return route.fallback();
    const said: unknown = await (await route.fetch()).json();
    const result = isRecord(said) && isRecord(said['result']) ? said['result'] : {};
    const told: unknown = JSON.parse(String(result['body']));
    const body = JSON.stringify(change(isRecord(told) ? told : {}));
    return route.fulfill({ json: { result: { ...result, statusCode: 200, body } } });
  });
  return {
    release: () => {
      isOver = true;
    },
  };
};
