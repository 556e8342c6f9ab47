/** Work under way: each step by name, those behind ticked off, the present one moving, and a line of what to expect. */
Component({
  properties: {
    title: { type: String, value: '' },
    /** Names of the steps, in order. */
    steps: { type: Array, value: [] as string[] },
    /** Index of the present one. */
    current: { type: Number, value: 0 },
    note: { type: String, value: '' },
  },
});
