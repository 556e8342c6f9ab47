import type { EnvironmentMode } from './messages';

/** The variables that come with a call, in the environment that all calls of an instance share. */
export interface CallVariables {
  begin(variables: Readonly<Record<string, string>>, mode: EnvironmentMode): void;
}

/** Keeps the variables of the last call apart from those that the instance was started with. */
export function callVariables(environment: Record<string, string | undefined>): CallVariables {
  /** What stood there before a call; undefined where nothing did. */
  const hidden = new Map<string, string | undefined>();
  return {
    begin(variables, mode) {
      if (mode === 'clean') {
        for (const [name, value] of hidden) {
          if (value === undefined) Reflect.deleteProperty(environment, name);
          else environment[name] = value;
        }
        hidden.clear();
      }
      for (const [name, value] of Object.entries(variables)) {
        if (!hidden.has(name)) hidden.set(name, environment[name]);
        environment[name] = value;
      }
    },
  };
}
