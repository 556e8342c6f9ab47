import { isJsonObject, parseJson, type JsonValue } from '../credential/json';
import { soter } from '../spec/soter';
import { FingerprintAnswer } from '../wire/step-up';

/** What the phone's secure hardware says about one touch of its sensor. */
export interface SoterResult {
  /** The challenge that it signed. */
  readonly raw: string;
  /** Null on a phone that does not tell its fingers apart. */
  readonly fid: string | null;
  readonly counter: number;
  readonly cpuId: string;
  readonly uid: string;
}

/** The longest id of a finger, a phone or an app; real ones have up to some 40 characters. */
const ID_LENGTH_MAX = 128;

const isText = (value: JsonValue | undefined, maxLength: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= maxLength;

const counterOf = (value: JsonValue | undefined): number | null => {
  const counter = typeof value === 'string' && /^(?:0|[1-9][0-9]{0,15})$/.test(value) ? Number(value) : value;
  return typeof counter === 'number' && Number.isSafeInteger(counter) && counter >= 0 ? counter : null;
};

/**
 * Reads a `resultJSON` of SOTER. Nothing of it is proved by that: WeChat says whether the phone signed it.
 * Members beyond the five are let be: the documented ones describe the hardware, phones differ in which they send, and the signature
 * covers them all. A member that stands there twice is refused, since another reader might take the other one.
 * @returns null where the text is too long, is no such JSON, or lacks one of the five
 */
export const parseSoterResult = (text: string): SoterResult | null => {
  if (text.length > FingerprintAnswer.properties.resultJson.maxLength) return null;
  const json = parseJson(text);
  if (json === null || !isJsonObject(json)) return null;
  const { field } = soter;
  const { [field.raw]: raw, [field.cpu]: cpuId, [field.app]: uid, [field.finger]: fid = null } = json;
  const counter = counterOf(json[field.counter]);
  if (!isText(raw, soter.challengeLengthMax) || !isText(cpuId, ID_LENGTH_MAX) || !isText(uid, ID_LENGTH_MAX))
    return null;
  if (counter === null || (fid !== null && !isText(fid, ID_LENGTH_MAX))) return null;
  return { raw, fid, counter, cpuId, uid };
};
