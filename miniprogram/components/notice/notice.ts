const icons = { info: 'info', good: 'check', warn: 'warn', bad: 'cross' } as const;

/** A message with a tone that icon and words carry as well as colour: info, good, warn or bad. The slot takes an action. */
Component({
  properties: {
    tone: { type: String, value: 'info' },
    title: { type: String, value: '' },
    text: { type: String, value: '' },
  },
  data: { icons },
});
