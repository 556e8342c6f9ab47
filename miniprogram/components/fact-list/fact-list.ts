/** Facts by their names, on a sheet of their own. */
Component({
  properties: {
    title: { type: String, value: '' },
    /** Each with `name` and `value`. */
    lines: { type: Array, value: [] as { name: string; value: string }[] },
  },
});
