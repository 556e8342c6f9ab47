import type { Resources } from '../../cloudfunctions/resources';
import type { Json, JsonObject } from './database/ejson';
import { isJsonObject, parseJson } from './database/ejson';
import type { Templates } from './wechat/messages';

/**
 * Reads a manifest from JSON. It checks the shape as far as a mistake would show late or not at all; the manifest is the
 * developer's own file, so a wrong one is refused with the first place that is wrong.
 *
 * @throws Error
 */
export function readResources(text: string, file: string): Resources {
  const json = parseJson(text, file);
  if (!isJsonObject(json)) throw new Error(`${file} must hold an object`);
  each(json, 'collections', file, ['name', 'clientAccess'], (collection, at) => {
    oneOf(collection['clientAccess'], ['none', 'read'], `${at}.clientAccess`);
    each(collection, 'indexes', at, ['name'], (index, indexAt) => {
      const { keys, unique, sparse } = index;
      const directions = isJsonObject(keys) ? Object.values(keys) : [];
      if (directions.length === 0 || directions.some((direction) => direction !== 1 && direction !== -1)) {
        throw new Error(`${indexAt}.keys must give 1 or -1 for at least one field`);
      }
      if (typeof unique !== 'boolean' || typeof sparse !== 'boolean') {
        throw new Error(`${indexAt} must say whether it is unique and sparse`);
      }
    });
  });
  each(json, 'functions', file, ['name', 'runtime'], (declared, at) => {
    for (const number of ['memoryMb', 'timeoutSeconds']) positive(declared[number], `${at}.${number}`);
    textList(declared['environment'], `${at}.environment`);
    for (const source of textList(declared['invokedBy'], `${at}.invokedBy`)) {
      oneOf(source, ['wechat', 'http', 'function', 'timer'], `${at}.invokedBy`);
    }
    if (declared['openApis'] !== undefined) textList(declared['openApis'], `${at}.openApis`);
    // It becomes a folder's name.
    const { name } = declared;
    if (typeof name !== 'string' || !/^[\w-]{1,60}$/.test(name))
      throw new Error(`${at}.name must be letters, digits, - and _`);
  });
  each(json, 'routes', file, ['path', 'function'], () => undefined);
  each(json, 'timers', file, ['name', 'function'], (timer, at) => {
    positive(timer['everySeconds'], `${at}.everySeconds`);
  });
  each(json, 'storage', file, ['prefix', 'clientAccess'], (folder, at) => {
    oneOf(folder['clientAccess'], ['none', 'upload'], `${at}.clientAccess`);
    positive(folder['maxBytes'], `${at}.maxBytes`);
    if (folder['keptDays'] !== undefined) positive(folder['keptDays'], `${at}.keptDays`);
  });
  // Every property of Resources has just been checked.
  return json as unknown as Resources;
}

/** The longest that a timer of this machine's runtime can wait. */
const MAX_TIMER_SECONDS = 2_147_483;

/**
 * Refuses a manifest whose parts contradict each other: the cloud would not take it either, or only show it when it is used.
 *
 * @throws Error
 */
export function refuseContradictions({ collections, functions, routes, timers, storage }: Resources): void {
  const named = {
    collection: collections.map(({ name }) => name),
    function: functions.map(({ name }) => name),
    route: routes.map(({ path }) => path),
    timer: timers.map(({ name }) => name),
    folder: storage.map(({ prefix }) => prefix),
  };
  for (const [what, names] of Object.entries(named)) {
    const twice = names.find((name, position) => names.indexOf(name) !== position);
    if (twice !== undefined) throw new Error(`the manifest declares the ${what} ${twice} twice`);
  }
  const declared = new Set(functions.map(({ name }) => name));
  for (const { path, function: name } of routes) {
    if (!path.startsWith('/')) throw new Error(`the route ${path} must begin with /`);
    if (!declared.has(name)) throw new Error(`the route ${path} leads to the function ${name}, which is not declared`);
  }
  for (const { name: timer, function: name, everySeconds } of timers) {
    if (!declared.has(name)) throw new Error(`the timer ${timer} calls the function ${name}, which is not declared`);
    if (everySeconds > MAX_TIMER_SECONDS) throw new Error(`the timer ${timer} must run within 24 days`);
  }
}

/** Reads `{"<template>": {"title": "<text>", "fields": {"<field>": "<its name>"}}}`. @throws Error that names the place */
export function readTemplates(text: string, file: string): Templates {
  const json = parseJson(text, file);
  if (!isJsonObject(json)) throw new Error(`${file} must hold an object`);
  return Object.fromEntries(
    Object.entries(json).map(([id, template]) => {
      const { title, fields } = isJsonObject(template) ? template : {};
      if (typeof title !== 'string') throw new Error(`${file}: ${id}.title must be a text`);
      return [id, { title, fields: textsOf(fields, `${file}: ${id}.fields`) }];
    }),
  );
}

/** Reads `{"<function>": {"<variable>": "<value>"}}`. */
export function readEnvironment(text: string, file: string): Record<string, Record<string, string>> {
  const json = parseJson(text, file);
  if (!isJsonObject(json)) throw new Error(`${file} must hold an object`);
  return Object.fromEntries(
    Object.entries(json).map(([name, variables]) => {
      return [name, textsOf(variables, `${file}: ${name}`)];
    }),
  );
}

function textsOf(json: Json | undefined, at: string): Record<string, string> {
  if (!isJsonObject(json)) throw new Error(`${at} must be an object of texts`);
  return Object.fromEntries(
    Object.entries(json).map(([name, value]): [string, string] => {
      if (typeof value !== 'string') throw new Error(`${at}.${name} must be a text`);
      return [name, value];
    }),
  );
}

function each(
  owner: JsonObject,
  property: string,
  at: string,
  texts: readonly string[],
  check: (item: JsonObject, at: string) => void,
): void {
  const items = owner[property];
  if (!Array.isArray(items)) throw new Error(`${at}.${property} must be a list`);
  items.forEach((item, position) => {
    const itemAt = `${at}.${property}[${String(position)}]`;
    if (!isJsonObject(item)) throw new Error(`${itemAt} must be an object`);
    for (const name of texts) {
      if (typeof item[name] !== 'string' || item[name] === '') throw new Error(`${itemAt}.${name} must be a text`);
    }
    check(item, itemAt);
  });
}

function positive(value: Json | undefined, at: string): void {
  if (typeof value !== 'number' || value <= 0) throw new Error(`${at} must be a positive number`);
}

function textList(value: Json | undefined, at: string): string[] {
  const texts = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  if (!Array.isArray(value) || texts.length !== value.length) throw new Error(`${at} must be a list of texts`);
  return texts;
}

function oneOf(value: Json | undefined, known: readonly string[], at: string): void {
  if (typeof value !== 'string' || !known.includes(value)) {
    // An access that nobody knows must not pass for one that is open.
    throw new Error(`${at} must be ${known.join(' or ')}`);
  }
}
