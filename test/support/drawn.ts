/**
 * The arrows of the state diagram that follows a sentence, as `from → to`, each once, in the order of their names.
 * @throws Error where no diagram follows it
 */
export const drawnArrows = (text: string, before: string): readonly string[] => {
  const from = text.indexOf(before);
  const begins = from < 0 ? from : text.indexOf('stateDiagram-v2', from);
  if (begins < 0) throw new Error(`nothing is drawn after: ${before}`);
  const diagram = text.slice(begins, text.indexOf('```', begins));
  const arrows = [...diagram.matchAll(/^\s+(\S+) --> (\w+)/gm)].map(([, one = '', other = '']) => `${one} → ${other}`);
  return [...new Set(arrows)].sort();
};
