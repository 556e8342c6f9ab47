import { answerBy } from '../../../cloudfunctions/_adapters/oauth/answer';
import { createBrowserTickets } from '../../../cloudfunctions/_adapters/oauth/browser-tickets';
import { createProvider } from '../../../cloudfunctions/_adapters/oauth/provider';
import { readProviderKeys } from '../../../cloudfunctions/_adapters/oauth/provider-keys';
import { now } from '../../../cloudfunctions/_adapters/runtime/ambient';
import { readHttpEvent, type HttpReply } from '../../../cloudfunctions/_adapters/runtime/http-event';
import { makeIssuerKey } from '../../../local/ecosystem/issuer-keys';
import { keySetOf } from '../../../local/ecosystem/secrets';
import { noAsks } from '../../support/institution/no-asks';

const ISSUER = 'https://card.example';

const faults: unknown[] = [];
const refusals: (readonly [at: string, error: string])[] = [];
const fails = (): Promise<never> => Promise.reject(new Error('the database is away'));

const optionsOf = (issuer: string): Parameters<typeof createProvider>[0] => ({
  issuer,
  signingKey: readProviderKeys(keySetOf([makeIssuerKey()])).signing(now()),
  pairwiseKey: new Uint8Array(32),
  storage: () => ({
    ...{ upsert: fails, find: fails, findByUid: fails, findByUserCode: fails },
    ...{ consume: fails, destroy: fails, revokeByGrantId: fails },
  }),
  asks: noAsks,
  onFault: (error) => void faults.push(error),
  onRefused: (...refused) => void refusals.push(refused),
});
const provider = createProvider(optionsOf(ISSUER));

const tickets = createBrowserTickets(new Uint8Array(32), ISSUER);

const ask = (event: object): Promise<HttpReply> => answerBy(provider, tickets, readHttpEvent(event));

describe('the provider behind an integration event', () => {
  it('is at the public address, whatever host and scheme the event names', async () => {
    for (const host of ['card.example', 'elsewhere.example', '127.0.0.1:1', '']) {
      const headers = { host, 'x-forwarded-proto': 'http', 'x-forwarded-host': 'elsewhere.example' };
      const { statusCode, body } = await ask({ httpMethod: 'GET', path: '/.well-known/openid-configuration', headers });
      expect(statusCode).toBe(200);
      const metadata = JSON.parse(body) as Readonly<Record<string, unknown>>;
      for (const [name, value] of Object.entries(metadata))
        if (/_endpoint$|^jwks_uri$/.test(name))
          expect(String(value)).toMatch(/^https:\/\/card\.example\/institution\//);
    }
  });

  it('says of an issuer with a path that everything lies below it', async () => {
    const issuer = `${ISSUER}/trial`;
    const below = createProvider(optionsOf(issuer));
    const event = readHttpEvent({ httpMethod: 'GET', path: '/.well-known/openid-configuration' });
    const { statusCode, body } = await answerBy(below, createBrowserTickets(new Uint8Array(32), issuer), event);
    const metadata = JSON.parse(body) as Readonly<Record<string, unknown>>;
    expect([statusCode, metadata['issuer']]).toEqual([200, issuer]);
    for (const [name, value] of Object.entries(metadata))
      if (/_endpoint$|^jwks_uri$/.test(name))
        expect(String(value)).toMatch(/^https:\/\/card\.example\/trial\/institution\//);
  });

  it('reads a body that comes as base64', async () => {
    const body = Buffer.from('grant_type=client_credentials').toString('base64');
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': '9999' };
    const event = { httpMethod: 'POST', path: '/institution/token', headers, body, isBase64Encoded: true };
    const reply = await ask(event);
    expect(reply).toMatchObject({ statusCode: 400 });
    expect(JSON.parse(reply.body)).toMatchObject({ error: 'invalid_request' });
    expect(refusals).toEqual([['grant', 'invalid_request']]);
  });

  it('tells nobody the words of what went wrong, and has it noted', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = 'grant_type=client_credentials&client_id=somebody';
    const reply = await ask({ httpMethod: 'POST', path: '/institution/token', headers, body });
    expect(reply.statusCode).toBe(500);
    expect(JSON.parse(reply.body)).toMatchObject({ error: 'server_error' });
    expect(reply.body).not.toContain('database');
    expect(faults).toHaveLength(1);
  });
});
