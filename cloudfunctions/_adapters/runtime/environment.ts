/**
 * A variable of the function's environment.
 * @throws Error naming the variable where it is missing: the function does not start half-configured
 */
export const required = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`environment variable ${name} is missing; see cloudfunctions/resources.ts`);
  return value;
};

/** A variable that holds bytes as base64url. @throws Error where it is missing */
export const requiredBytes = (name: string): Buffer => Buffer.from(required(name), 'base64url');
