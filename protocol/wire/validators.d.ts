// Made by scripts/build/validators.ts from the modules of this folder.
import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import type * as alarms from './alarms';
import type * as ask from './ask';
import type * as askAnswer from './ask-answer';
import type * as card from './card';
import type * as claimsRequest from './claims-request';
import type * as consents from './consents';
import type * as counter from './counter';
import type * as dataExport from './data-export';
import type * as enrolment from './enrolment';
import type * as entry from './entry';
import type * as guardian from './guardian';
import type * as history from './history';
import type * as historyParts from './history-parts';
import type * as historyRights from './history-rights';
import type * as institution from './institution';
import type * as internal from './internal';
import type * as keys from './keys';
import type * as lifecycle from './lifecycle';
import type * as massActs from './mass-acts';
import type * as operatorDesk from './operator-desk';
import type * as operators from './operators';
import type * as oversight from './oversight';
import type * as partnerChecks from './partner-checks';
import type * as partnerParts from './partner-parts';
import type * as partnerStaff from './partner-staff';
import type * as partners from './partners';
import type * as pass from './pass';
import type * as published from './published';
import type * as refusal from './refusal';
import type * as registration from './registration';
import type * as reminders from './reminders';
import type * as review from './review';
import type * as rights from './rights';
import type * as schema from './schema';
import type * as stepUp from './step-up';
import type * as terminal from './terminal';
import type * as verification from './verification';
import type * as visit from './visit';

type Modules = typeof alarms &
  typeof ask &
  typeof askAnswer &
  typeof card &
  typeof claimsRequest &
  typeof consents &
  typeof counter &
  typeof dataExport &
  typeof enrolment &
  typeof entry &
  typeof guardian &
  typeof history &
  typeof historyParts &
  typeof historyRights &
  typeof institution &
  typeof internal &
  typeof keys &
  typeof lifecycle &
  typeof massActs &
  typeof operatorDesk &
  typeof operators &
  typeof oversight &
  typeof partnerChecks &
  typeof partnerParts &
  typeof partnerStaff &
  typeof partners &
  typeof pass &
  typeof published &
  typeof refusal &
  typeof registration &
  typeof reminders &
  typeof review &
  typeof rights &
  typeof schema &
  typeof stepUp &
  typeof terminal &
  typeof verification &
  typeof visit;

/** The exports that are schemas: PascalCase, with a `type` or alternatives. */
type SchemaName = {
  [Name in keyof Modules]: Name extends Capitalize<Name>
    ? Modules[Name] extends { readonly type: string } | { readonly anyOf: readonly unknown[] }
      ? Name
      : never
    : never;
}[keyof Modules];

/** What is wrong with the data, and where. `params` may quote a name of the sender's: keep it out of replies and logs. */
export interface ValidationError {
  /** JSON Pointer (RFC 6901) to the value at fault. */
  readonly instancePath: string;
  /** The schema's keyword that was not met. */
  readonly keyword: string;
  readonly schemaPath: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface Validator<Value> {
  (data: unknown): data is Value;
  /** The first fault of the most recent call; null or absent where that call accepted. */
  readonly errors?: readonly ValidationError[] | null;
}

/** One compiled check for each wire schema, under the schema's name. */
export const validators: {
  readonly [Name in SchemaName]: Modules[Name] extends infer Schema extends JSONSchema ? Validator<FromSchema<Schema>> : never;
};
