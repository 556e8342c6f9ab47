/**
 * Renders pages of the compiled mini-program on WeChat's legacy framework: `node render.mjs <folder> <language>`, with a JSON list of
 * `{ route, data, viewfinder }` on stdin. Writes for each the lines of visible text, as JSON. A process of its own, since the framework loads
 * components by Node's own `require`, which a test runner replaces.
 */
import { Console } from 'node:console';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { JSDOM } from 'jsdom';

const [, , root, language] = process.argv;
const require = createRequire(import.meta.url);

// The framework's remarks are for whoever watches; the answer alone goes to stdout.
globalThis.console = new Console(process.stderr);

const { window } = new JSDOM('<!doctype html><body></body>', { pretendToBeVisual: true });
for (const name of ['document', 'HTMLElement', 'Event', 'CustomEvent', 'Node', 'Text']) globalThis[name] = window[name];
globalThis.window = window;
globalThis.requestAnimationFrame = window.requestAnimationFrame.bind(window);
globalThis.getApp = () => ({ globalData: { language } });
globalThis.getCurrentPages = () => [];
const simulate = require('miniprogram-simulate');

const lifetimes = new Set(['onLoad', 'onShow', 'onReady', 'onHide', 'onUnload']);

/** The framework knows components alone. What a page does when it is opened is left out: it is shown with data that it once had. */
globalThis.Page = ({ data, ...rest }) => {
  const isMethod = ([name, value]) => typeof value === 'function' && !lifetimes.has(name);
  return globalThis.Component({ data, methods: Object.fromEntries(Object.entries(rest).filter(isMethod)) });
};

const linesOf = (node) => {
  if (node.nodeType === window.Node.TEXT_NODE) return [node.textContent.replaceAll(/\s+/g, ' ').trim()];
  return [...node.childNodes].flatMap(linesOf);
};

const loaded = new Map();
const load = (route) => {
  const id = loaded.get(route) ?? simulate.load(join(root, route), { rootPath: root });
  loaded.set(route, id);
  return id;
};

const render = async ({ route, data, viewfinder }) => {
  const host = document.createElement('div');
  document.body.append(host);
  const page = simulate.render(load(route));
  page.attach(host);
  page.setData(data);
  if (viewfinder) page.instance.selectComponent('#viewfinder').setData(viewfinder);
  await pause(0);
  const lines = linesOf(host).filter((line) => line !== '');
  page.detach();
  host.remove();
  return lines;
};

const rendered = [];
for (const screen of JSON.parse(await text(process.stdin))) rendered.push(await render(screen));
process.stdout.write(JSON.stringify(rendered));
