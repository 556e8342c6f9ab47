import type { Resources } from '../../../cloudfunctions/resources';
import { readEnvironment, readResources, readTemplates, refuseContradictions } from '../../../local/cloud/manifest';
import { cloudFunction, collection } from '../../contract/cloud/cloud-under-test';

const none: Resources = { collections: [], functions: [], routes: [], timers: [], storage: [] };
const index = { name: 'i', keys: { a: 1 }, unique: true, sparse: true };
const f = cloudFunction('f', { openApis: ['soter.verifySignature'] });
const timer = { name: 't', function: 'f', everySeconds: 1 };
const folder = { prefix: 'a/', clientAccess: 'none', maxBytes: 1 };

const read = (json: unknown): Resources => readResources(JSON.stringify(json), 'it');

describe('a manifest as JSON', () => {
  it('is read as it is', () => {
    const whole = {
      collections: [{ ...collection('a'), indexes: [index] }],
      functions: [f],
      routes: [{ path: '/f', function: 'f' }],
      timers: [timer],
      storage: [folder],
    };
    expect(read(whole)).toEqual(whole);
  });

  it.each<[string, unknown, string]>([
    ['is no object', [], 'it must hold an object'],
    ['lacks a list', { ...none, routes: {} }, 'it.routes must be a list'],
    ['lists what is no object', { ...none, timers: [1] }, 'it.timers[0] must be an object'],
    ['lacks a name', { ...none, timers: [{ ...timer, name: '' }] }, 'it.timers[0].name'],
    [
      'has an index without direction',
      { ...none, collections: [{ ...collection('a'), indexes: [{ ...index, keys: { a: 2 } }] }] },
      'it.collections[0].indexes[0].keys',
    ],
    ['has a function without memory', { ...none, functions: [{ ...f, memoryMb: undefined }] }, 'functions[0].memoryMb'],
    ['has an unknown way of calling', { ...none, functions: [{ ...f, invokedBy: ['all'] }] }, 'functions[0].invokedBy'],
    ['has no way of calling', { ...none, functions: [{ ...f, invokedBy: undefined }] }, 'functions[0].invokedBy'],
    ['names a function as a path', { ...none, functions: [{ ...f, name: '../f' }] }, 'functions[0].name'],
    ['has interfaces that are no texts', { ...none, functions: [{ ...f, openApis: [1] }] }, 'functions[0].openApis'],
    ['has a timer that never runs', { ...none, timers: [{ ...timer, everySeconds: 0 }] }, 'timers[0].everySeconds'],
    [
      'opens a collection in an unknown way',
      { ...none, collections: [{ ...collection('a'), clientAccess: 'write' }] },
      'it.collections[0].clientAccess must be none or read',
    ],
    [
      'opens a folder in an unknown way',
      { ...none, storage: [{ ...folder, clientAccess: 'all' }] },
      'it.storage[0].clientAccess must be none or upload',
    ],
  ])('is refused with its place when it %s', (_name, json, text) => {
    expect(() => read(json)).toThrow(text);
  });
});

it.each<[string, Partial<Resources>, string]>([
  ['two collections of a name', { collections: [collection('a'), collection('a')] }, 'the collection a twice'],
  ['two functions of a name', { functions: [f, f] }, 'the function f twice'],
  ['a route to nowhere', { routes: [{ path: '/a', function: 'absent' }] }, 'absent, which is not declared'],
  ['a timer of no function', { timers: [timer] }, 'calls the function f, which is not declared'],
  ['a timer that is too slow', { functions: [f], timers: [{ ...timer, everySeconds: 2_200_000 }] }, '24 days'],
  ['a route that is no path', { functions: [f], routes: [{ path: 'f', function: 'f' }] }, 'must begin with /'],
])('a manifest with %s contradicts itself', (_name, resources, text) => {
  expect(() => refuseContradictions({ ...none, ...resources })).toThrow(text);
});

it('variables are texts by function', () => {
  expect(readEnvironment('{"f":{"A":"1"}}', 'it')).toEqual({ f: { A: '1' } });
  expect(() => readEnvironment('[]', 'it')).toThrow('it must hold an object');
  expect(() => readEnvironment('{"f":[]}', 'it')).toThrow('it: f must be an object of texts');
  expect(() => readEnvironment('{"f":{"A":1}}', 'it')).toThrow('it: f.A must be a text');
});

it('message templates have a title, and names by field', () => {
  const parcel = { title: 'Parcel', fields: { thing1: 'What' } };
  expect(readTemplates(JSON.stringify({ parcel }), 'it')).toEqual({ parcel });
  expect(() => readTemplates('[]', 'it')).toThrow('it must hold an object');
  expect(() => readTemplates('{"parcel":{"fields":{}}}', 'it')).toThrow('it: parcel.title must be a text');
  expect(() => readTemplates('{"parcel":{"title":"Parcel"}}', 'it')).toThrow('it: parcel.fields must be an object');
});
