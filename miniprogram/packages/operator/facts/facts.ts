import type { Fact } from '../../../presenters/facts';

/** Names with their values (`Fact` of presenters/facts), close-set side by side: operators compare them all day; `fact-list` is to be read once. */
Component({
  properties: {
    facts: { type: Array, value: [] as Fact[] },
    /** What stands beside a value that wants a closer look. */
    doubt: { type: String, value: '' },
  },
});
