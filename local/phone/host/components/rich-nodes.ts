const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const REFUSED = 'script,iframe,object,embed,link,meta,style,form,input,button';

/** Takes from markup whatever would run, load a page or change another part of the screen. */
const harmless = (root: ParentNode): readonly Node[] => {
  for (const refused of root.querySelectorAll(REFUSED)) refused.remove();
  for (const element of root.querySelectorAll('*')) {
    for (const { name, value } of [...element.attributes])
      if (name.startsWith('on') || /^\s*javascript:/i.test(value)) element.removeAttribute(name);
  }
  return [...root.childNodes];
};

/** The nodes of `<rich-text>` that come as markup: their text and structure, and nothing of it runs. */
export const readMarkup = (markup: string): readonly Node[] =>
  harmless(new DOMParser().parseFromString(markup, 'text/html').body);

const makeNode = (described: unknown): Node => {
  const { type, name, text, attrs, children } = isRecord(described) ? described : {};
  if (type === 'text') return document.createTextNode(String(text));
  // An unknown document loads nothing while it is being made.
  const element = document.implementation.createHTMLDocument().createElement(String(name));
  for (const [attribute, value] of Object.entries(isRecord(attrs) ? attrs : {}))
    element.setAttribute(attribute, String(value));
  if (Array.isArray(children)) element.append(...children.map(makeNode));
  return element;
};

/** The nodes of `<rich-text>` that come as a list. */
export const makeNodes = (described: unknown): readonly Node[] => {
  const root = document.createDocumentFragment();
  root.append(...(Array.isArray(described) ? described.map(makeNode) : []));
  return harmless(root);
};
