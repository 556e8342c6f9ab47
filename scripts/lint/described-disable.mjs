/**
 * A rule switched off without a reason stays off for ever, since nobody dares to switch it on again.
 * @type {import('eslint').Rule.RuleModule}
 */
export const describedDisable = {
  meta: {
    type: 'problem',
    docs: { description: 'Demand rule names and a reason ("-- because …") wherever a rule is switched off.' },
    messages: {
      reason: 'Say why: eslint-disable-… rule -- reason.',
      rule: 'Name the rules that are switched off: eslint-disable-… rule -- reason.',
    },
    schema: [],
  },
  create: (context) => ({
    Program: () => {
      for (const comment of context.sourceCode.getAllComments()) {
        const directive = /^\s*eslint-disable(?:-next-line|-line)?(?=\s|$)(?<rest>.*)$/su.exec(comment.value);
        if (!directive?.groups) continue;
        const [rules, ...reason] = directive.groups['rest'].split(/\s-{2,}\s/u);
        // A directive silences what is reported from its own position on: this is reported just before.
        const loc = { start: { line: comment.loc.start.line, column: -1 }, end: comment.loc.end };
        if (rules.trim() === '') context.report({ loc, messageId: 'rule' });
        else if (reason.join(' ').trim() === '') context.report({ loc, messageId: 'reason' });
      }
    },
  }),
};
