import { tmpdir } from 'node:os';
import { dirname, delimiter } from 'node:path';
import type { CloudFunction } from '../../../cloudfunctions/resources';
import { CloudError } from '../cloud-error';
import type { Credentials } from '../credentials';

const REGION = 'ap-shanghai';

/**
 * The environment variables by which the unmodified SDK finds this server and believes itself in a cloud function.
 * Without TENCENTCLOUD_RUNENV it would look for a metadata service before every request.
 */
export function sdkEnvironment(envId: string, url: string, credentials: Credentials): Record<string, string> {
  return {
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: REGION,
    TENCENTCLOUD_SECRETID: credentials.secretId,
    TENCENTCLOUD_SECRETKEY: credentials.secretKey,
    SCF_NAMESPACE: envId,
    TCB_ENV: envId,
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: `${url}/admin` }),
  };
}

/**
 * The whole environment of an instance: what the cloud gives and what the manifest declares, nothing of this process's own
 * beyond what Node needs to run.
 *
 * @throws CloudError when a declared variable has no value
 */
export function instanceEnvironment(
  declaration: CloudFunction,
  values: Readonly<Record<string, string>>,
  sdk: Readonly<Record<string, string>>,
): Record<string, string> {
  const missing = declaration.environment.filter((name) => values[name] === undefined);
  if (missing.length > 0) {
    const names = missing.join(', ');
    throw new CloudError('FUNCTIONS_EXECUTE_FAIL', `function ${declaration.name} cannot start without ${names}`);
  }
  const declared = declaration.environment.map((name): [string, string] => [name, values[name] ?? '']);
  const { LD_LIBRARY_PATH } = process.env;
  return {
    ...Object.fromEntries(declared),
    PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    HOME: tmpdir(),
    ...(LD_LIBRARY_PATH === undefined ? {} : { LD_LIBRARY_PATH }),
    ...sdk,
    SCF_FUNCTIONNAME: declaration.name,
    SCF_FUNCTIONVERSION: '$LATEST',
  };
}
