import { button, make } from './elements';
import type { StageWords } from './words';

/** The three steps of a first visit, ticked off as they happen. */
export interface Guide {
  readonly element: HTMLElement;
  readonly done: (step: 0 | 1 | 2) => void;
}

export const createGuide = (words: StageWords): Guide => {
  const steps = words.steps.map((step, index) =>
    make('li', 'guide-step', make('b', '', step), make('span', 'guide-hint', words.stepHints[index] ?? '')),
  );
  const element = make('aside', 'guide', make('ol', 'guide-steps', ...steps));
  element.setAttribute('aria-label', words.tryThis);
  element.append(button('guide-hide', words.dismiss, () => element.remove()));
  return {
    element,
    done: (step) => {
      for (const done of steps.slice(0, step + 1)) done.classList.add('guide-done');
    },
  };
};
