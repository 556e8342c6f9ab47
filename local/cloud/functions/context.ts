import type { CloudFunction } from '../../../cloudfunctions/resources';

/**
 * The context object of one call. `environment` is the current form and `environ` the older one; both hold this call's
 * variables alone, whatever an earlier call left in the instance's process.env.
 */
export function contextOf(
  declaration: CloudFunction,
  requestId: string,
  variables: Readonly<Record<string, string>>,
): Record<string, string | number | boolean> {
  return {
    callbackWaitsForEmptyEventLoop: false,
    request_id: requestId,
    function_name: declaration.name,
    function_version: '$LATEST',
    namespace: variables['SCF_NAMESPACE'] ?? '',
    memory_limit_in_mb: declaration.memoryMb,
    time_limit_in_ms: declaration.timeoutSeconds * 1000,
    environment: JSON.stringify(variables),
    environ: Object.entries(variables)
      .map(([name, value]) => `${name}=${value}`)
      .join(';'),
  };
}
