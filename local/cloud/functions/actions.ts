import { optionalText, text } from '../admin/parameters';
import { unsupported } from '../cloud-error';
import type { Action } from '../database/actions';
import { parseJson } from '../database/ejson';
import type { Functions } from './invoker';

/** The SDK's function actions by name. */
export function functionActions(functions: Functions): Record<string, Action> {
  return {
    'functions.invokeFunction': async (body) => {
      const qualifier = optionalText(body, 'qualifier');
      if (qualifier !== undefined && qualifier !== '$LATEST') throw unsupported('a qualifier other than $LATEST');
      const name = text(body, 'function_name');
      const data = optionalText(body, 'request_data');
      const event = data === undefined ? {} : parseJson(data, 'request_data');
      const environment = { TCB_SOURCE: 'scf' };
      const { result } = await functions.invoke({ name, source: 'function', event, environment });
      return { data: { response_data: JSON.stringify(result) } };
    },
  };
}
