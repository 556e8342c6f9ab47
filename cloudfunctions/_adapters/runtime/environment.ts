/**
 * A variable of the function's environment.
 * @throws Error naming the variable where it is missing: the function does not start half-configured
 */
export const required = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`environment variable ${name} is missing; see cloudfunctions/resources.ts`);
  return value;
};

/** A variable that holds a key of 32 bytes as base64url. @throws Error where it is missing or has another length */
export const requiredKey = (name: string): Buffer => {
  const key = Buffer.from(required(name), 'base64url');
  if (key.length !== 32) throw new Error(`environment variable ${name} must hold 32 bytes as base64url`);
  return key;
};
